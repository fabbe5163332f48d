#include "publish/exchange.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>

namespace signalbox::publish {

namespace asio = boost::asio;

namespace {

net::ClientSettings settings_for(std::size_t at_once) {
  net::ClientSettings settings;
  settings.in_flight = settings.per_host = settings.kept = static_cast<int>(at_once);
  return settings;
}

/// What a round of requests is waited for by.
struct Round {
  std::vector<Result<net::Response>> answers;
  std::size_t open = 0;
};

asio::awaitable<void> ask_one(net::Http& http, net::Request request, Round& round, std::size_t at) {
  auto answer = co_await http.send(std::move(request));
  round.answers[at] = std::move(answer);
  --round.open;
}

}  // namespace

Exchange::Exchange(std::size_t at_once)
    : work_(asio::make_work_guard(io_)), http_(net::make_client(io_, settings_for(at_once))) {}

Exchange::~Exchange() {
  io_.stop();
  http_.reset();
}

std::vector<Result<net::Response>> Exchange::ask(std::vector<net::Request> requests) {
  Round round;
  round.answers.assign(requests.size(), unavailable("stopped"));
  round.open = requests.size();
  for (std::size_t at = 0; at < requests.size(); ++at) {
    asio::co_spawn(io_, ask_one(*http_, std::move(requests[at]), round, at), asio::detached);
  }
  while (round.open > 0 && !stopping_) io_.run_one();
  return std::move(round.answers);
}

void Exchange::stop() {
  stopping_ = true;
  io_.stop();
}

}  // namespace signalbox::publish
