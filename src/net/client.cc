#include "net/client.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <vector>

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

/// Answers on their way from libcurl's thread to `io`: those of one round go together.
class Mailbox {
 public:
  explicit Mailbox(asio::io_context& io) : io_(io) {}

  void put(std::shared_ptr<Call> call, Result<Response> result) {
    const std::lock_guard lock(mutex_);
    letters_.push_back({std::move(call), std::move(result)});
  }
  /// Hands over what was put in. A mailbox that is given up meanwhile still delivers.
  static void send_off(const std::shared_ptr<Mailbox>& self) {
    std::vector<Letter> letters;
    {
      const std::lock_guard lock(self->mutex_);
      letters.swap(self->letters_);
    }
    if (letters.empty()) return;
    asio::post(self->io_, [letters = std::move(letters)]() mutable {
      for (Letter& letter : letters) {
        letter.call->result = std::move(letter.result);
        letter.call->ring.cancel();
      }
    });
  }

 private:
  struct Letter {
    std::shared_ptr<Call> call;
    Result<Response> result;
  };
  asio::io_context& io_;
  std::mutex mutex_;
  std::vector<Letter> letters_;
};

class CurlClient final : public Http {
 public:
  CurlClient(asio::io_context& io, ClientSettings settings)
      : io_(io),
        settings_(std::move(settings)),
        mailbox_(std::make_shared<Mailbox>(io)),
        loop_(std::make_shared<CurlLoop>(settings_, [box = mailbox_] { Mailbox::send_off(box); })) {
  }
  ~CurlClient() override { loop_->stop(); }

  asio::awaitable<Result<Response>> send(Request request) override {
    if (const std::optional<Error> refused = objection(request)) co_return *refused;
    const auto call = std::make_shared<Call>(io_);
    const auto transfer = std::make_shared<Transfer>(
        std::move(request), settings_.user_agent,
        [call, box = mailbox_](Result<Response> result) { box->put(call, std::move(result)); });
    const std::shared_ptr<CurlLoop> loop = loop_;  // a cancelled call may outlive the client
    loop->submit(transfer);
    co_await call->ring.async_wait(kQuietly);
    if (!call->result) {
      loop->abandon(transfer);
      co_return unavailable(transfer->place() + ": given up before an answer came" +
                            std::string(kMaybeOurs));
    }
    co_return std::move(*call->result);
  }

 private:
  asio::io_context& io_;
  const ClientSettings settings_;
  std::shared_ptr<Mailbox> mailbox_;
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
