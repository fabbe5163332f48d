#include "net/client.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "net/check_request.h"
#include "net/curl_loop.h"

namespace signalbox::net {
namespace {

namespace asio = boost::asio;
constexpr auto kQuietly = asio::as_tuple(asio::use_awaitable);

/// What a coroutine waits on: a timer that never rings, cancelled when the result is there. Touched
/// on `io` only.
struct Call {
  explicit Call(asio::io_context& io) : ring(io, asio::steady_timer::time_point::max()) {}
  asio::steady_timer ring;
  std::optional<Result<Response>> result;
};

class CurlClient final : public Http {
 public:
  CurlClient(asio::io_context& io, ClientSettings settings)
      : io_(io), settings_(std::move(settings)), loop_(std::make_shared<CurlLoop>(settings_)) {}
  ~CurlClient() override { loop_->stop(); }

  asio::awaitable<Result<Response>> send(Request request) override {
    if (const std::optional<Error> refused = objection(request)) co_return *refused;
    const auto call = std::make_shared<Call>(io_);
    const auto transfer = std::make_shared<Transfer>(
        std::move(request), settings_.user_agent,
        [call, &io = io_](Result<Response> result) { deliver(io, call, std::move(result)); });
    const std::shared_ptr<CurlLoop> loop = loop_;  // a cancelled call may outlive the client
    loop->submit(transfer);
    co_await call->ring.async_wait(kQuietly);
    if (!call->result) {
      transfer->abandon();
      loop->wake();
      co_return unavailable(transfer->place() + ": given up before an answer came" +
                            std::string(kMaybeOurs));
    }
    co_return std::move(*call->result);
  }

 private:
  static void deliver(asio::io_context& io, const std::shared_ptr<Call>& call,
                      Result<Response> result) {
    asio::post(io, [call, result = std::move(result)]() mutable {
      call->result = std::move(result);
      call->ring.cancel();
    });
  }

  asio::io_context& io_;
  const ClientSettings settings_;
  std::shared_ptr<CurlLoop> loop_;
};

class TimerPause final : public Pause {
 public:
  explicit TimerPause(asio::io_context& io) : io_(io) {}
  asio::awaitable<void> wait(Duration length) override {
    asio::steady_timer timer(io_, length);
    co_await timer.async_wait(kQuietly);
  }

 private:
  asio::io_context& io_;
};

}  // namespace

std::unique_ptr<Http> make_client(asio::io_context& io, ClientSettings settings) {
  return std::make_unique<CurlClient>(io, std::move(settings));
}

std::unique_ptr<Pause> make_pause(asio::io_context& io) { return std::make_unique<TimerPause>(io); }

}  // namespace signalbox::net
