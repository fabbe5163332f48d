#include "web/control/server.h"

#include <atomic>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <thread>

#include "web/control/exchange.h"
#include "web/control/gate.h"
#include "web/control/lane.h"
#include "web/control/routes.h"
#include "web/take_address.h"

namespace signalbox::web {
namespace {

namespace asio = boost::asio;
using ErrorCode = boost::system::error_code;

constexpr std::size_t kThreads = 4;
/// More are answered, but the one that has kept us waiting for longest is closed for it.
constexpr std::size_t kMostOpen = 128;
constexpr std::chrono::milliseconds kLastWords{500};

bool is_on_this_machine(std::string_view address) {
  return address.starts_with("127.") || address.starts_with("localhost:") ||
         address.starts_with("[::1]:") || address.starts_with(kUnix);
}

class Server final : public ControlServer, public Reception {
 public:
  Server(ControlSettings settings, Control& control)
      : settings_(std::move(settings)),
        gate_(settings_.token, settings_.behind_proxy),
        routes_(control, gate_),
        acceptor_(context_),
        pause_(context_) {}

  ~Server() override { stop(); }

  Result<std::string> listen() override {
    if (!is_on_this_machine(settings_.address) && !settings_.behind_proxy) {
      return invalid("control address " + settings_.address +
                     " is not loopback; set behind_proxy: true only behind a proxy that "
                     "authenticates staff");
    }
    return take_address(acceptor_, settings_.address, {});
  }

  void serve() override {
    thread_ = std::thread([this] {
      const auto work = asio::make_work_guard(context_);
      accept();
      context_.run();
    });
  }

  /// What was taken in whole is answered first.
  void stop() override {
    if (!thread_.joinable()) return;
    asio::post(context_, [this] { close_door(); });
    orders_.join();
    questions_.join();
    asio::post(context_, [this] { say_last_words(); });
    thread_.join();
    stopping_ = false;
  }

 private:
  void accept() {
    acceptor_.async_accept([this](ErrorCode ec, Socket socket) {
      if (!acceptor_.is_open()) return;
      if (ec) return rest();
      take(std::move(socket));
      accept();
    });
  }

  /// Out of descriptors, most likely: a little later there may be one.
  void rest() {
    pause_.expires_after(std::chrono::milliseconds(20));
    pause_.async_wait([this](ErrorCode ec) {
      if (!ec) accept();
    });
  }

  void take(Socket socket) {
    std::erase_if(exchanges_, [](const auto& exchange) { return exchange.expired(); });
    if (exchanges_.size() >= kMostOpen) close_one();
    ++open_;
    const auto exchange = std::make_shared<Exchange>(std::move(socket), *this);
    exchanges_.push_back(exchange);
    exchange->start();
  }

  void close_one() {
    for (const auto& weak : exchanges_) {
      const auto exchange = weak.lock();
      if (exchange == nullptr || !exchange->may_be_closed()) continue;
      return exchange->close();
    }
  }

  void close_door() {
    ErrorCode ignored;
    give_back_address(acceptor_, settings_.address);
    acceptor_.close(ignored);
    pause_.cancel();
    for (const auto& weak : exchanges_) {
      const auto exchange = weak.lock();
      if (exchange != nullptr && exchange->may_be_closed()) exchange->close();
    }
  }

  void say_last_words() {
    stopping_ = true;
    if (open_ == 0) return context_.stop();
    pause_.expires_after(kLastWords);
    pause_.async_wait([this](ErrorCode) { context_.stop(); });
  }

  Admission admit(std::string_view method, std::string_view target,
                  const Credentials& credentials) override {
    return routes_.admit(method, target, credentials);
  }

  void answer(StaffRequest request, Reply reply) override {
    const Routes::Way way = Routes::way(request);
    if (way == Routes::Way::at_once) return reply(routes_.answer(request));
    StaffLane& lane = way == Routes::Way::order ? orders_ : questions_;
    lane.take([this, request = std::move(request), reply] { reply(routes_.answer(request)); },
              [reply] { reply(Routes::busy()); });
  }

  void gone() override {
    if (--open_ == 0 && stopping_) context_.stop();
  }

  const ControlSettings settings_;
  Gate gate_;
  Routes routes_;
  std::atomic<int> open_{0};
  std::atomic<bool> stopping_{false};
  asio::io_context context_{1};
  Acceptor acceptor_;
  asio::steady_timer pause_;
  std::deque<std::weak_ptr<Exchange>> exchanges_;  // oldest first
  StaffLane orders_{1};                            // freeze is never behind a question
  StaffLane questions_{kThreads - 1};
  std::thread thread_;
};

}  // namespace

std::unique_ptr<ControlServer> make_control_server(ControlSettings settings, Control& control) {
  return std::make_unique<Server>(std::move(settings), control);
}

}  // namespace signalbox::web
