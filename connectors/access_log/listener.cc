#include "connectors/access_log/listener.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <set>
#include <utility>

#include "connectors/access_log/stamp.h"

namespace signalbox::connectors::access_log {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;
using Steady = std::chrono::steady_clock;

constexpr std::size_t kPiece = std::size_t{64} * 1024;

class Session;

/// What the sessions share. Outlives the listener by the operations that are still pending.
struct Shared {
  Shared(const asio::any_io_executor& executor, std::function<void(std::string_view)> take,
         ListenerLimits l)
      : acceptor(executor), timer(executor), line(std::move(take)), limits(l) {}

  tcp::acceptor acceptor;
  asio::steady_timer timer;
  std::function<void(std::string_view)> line;
  ListenerLimits limits;
  std::set<std::shared_ptr<Session>> sessions;
  bool closed = false;
};

/// One sender.
class Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(tcp::socket socket, std::shared_ptr<Shared> shared)
      : socket_(std::move(socket)), shared_(std::move(shared)) {}

  void read() {
    socket_.async_read_some(asio::buffer(buffer_),
                            [self = shared_from_this()](ErrorCode ec, std::size_t bytes) {
                              if (self->shared_->closed) return;
                              if (ec) return self->end();
                              self->feed({self->buffer_.data(), bytes});
                              self->read();
                            });
  }
  /// Closes it when its line has been begun for too long.
  bool overdue(Steady::time_point now) const {
    return !begun_.empty() && now - since_ > shared_->limits.unfinished;
  }
  void close() {
    ErrorCode ignored;
    socket_.close(ignored);
  }

 private:
  void feed(std::string_view bytes) {
    for (std::size_t newline = bytes.find('\n'); newline != std::string_view::npos;
         newline = bytes.find('\n')) {
      take(bytes.substr(0, newline));
      bytes.remove_prefix(newline + 1);
    }
    if (bytes.empty()) return;
    if (begun_.empty()) since_ = Steady::now();
    const std::size_t space = shared_->limits.line - std::min(begun_.size(), shared_->limits.line);
    begun_ += bytes.substr(0, space);
  }
  void take(std::string_view last) {
    if (begun_.empty()) return shared_->line(last.substr(0, shared_->limits.line));
    const std::size_t space = shared_->limits.line - std::min(begun_.size(), shared_->limits.line);
    begun_ += last.substr(0, space);
    shared_->line(begun_);
    begun_.clear();
  }
  void end() {
    if (!begun_.empty()) take("");
    close();
    shared_->sessions.erase(shared_from_this());
  }

  tcp::socket socket_;
  std::shared_ptr<Shared> shared_;
  std::array<char, kPiece> buffer_{};
  std::string begun_;
  Steady::time_point since_;
};

void accept(const std::shared_ptr<Shared>& shared) {
  shared->acceptor.async_accept([shared](ErrorCode ec, tcp::socket socket) {
    if (shared->closed) return;
    if (!ec && shared->sessions.size() < shared->limits.connections) {
      ErrorCode ignored;
      socket.set_option(asio::socket_base::keep_alive(true), ignored);
      const auto session = std::make_shared<Session>(std::move(socket), shared);
      shared->sessions.insert(session);
      session->read();
    }
    accept(shared);
  });
}

void sweep(const std::shared_ptr<Shared>& shared) {
  shared->timer.expires_after(shared->limits.unfinished / 4);
  shared->timer.async_wait([shared](ErrorCode ec) {
    if (ec || shared->closed) return;
    const auto now = Steady::now();
    for (const auto& session : shared->sessions) {
      if (session->overdue(now)) session->close();  // its pending read then ends it
    }
    sweep(shared);
  });
}

class Listening final : public Listener {
 public:
  explicit Listening(std::shared_ptr<Shared> shared, std::string address)
      : shared_(std::move(shared)), address_(std::move(address)) {
    accept(shared_);
    sweep(shared_);
  }
  ~Listening() override {
    shared_->closed = true;
    ErrorCode ignored;
    shared_->acceptor.close(ignored);
    shared_->timer.cancel();
    for (const auto& session : shared_->sessions) session->close();
    shared_->sessions.clear();
  }
  const std::string& address() const override { return address_; }

 private:
  std::shared_ptr<Shared> shared_;
  std::string address_;
};

/// Loopback by its names; nothing else is listened on.
std::optional<tcp::endpoint> endpoint(const std::string& address) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos) return {};
  std::string host = address.substr(0, colon);
  if (host == "localhost") host = "127.0.0.1";
  if (host == "[::1]") host = "::1";
  const auto port = whole_number(std::string_view(address).substr(colon + 1));
  ErrorCode ec;
  const auto ip = asio::ip::make_address(host, ec);
  if (ec || !ip.is_loopback() || !port || *port > 65535) return {};
  return tcp::endpoint(ip, static_cast<std::uint16_t>(*port));
}

}  // namespace

Result<std::unique_ptr<Listener>> listen(const asio::any_io_executor& executor,
                                         const std::string& address,
                                         std::function<void(std::string_view)> line,
                                         ListenerLimits limits) {
  const auto at = endpoint(address);
  if (!at) return invalid("cannot listen on " + address + ": it is no address of this machine");
  auto shared = std::make_shared<Shared>(executor, std::move(line), limits);
  ErrorCode ec;
  shared->acceptor.open(at->protocol(), ec);
  if (!ec) shared->acceptor.set_option(tcp::acceptor::reuse_address(true), ec);
  if (!ec) shared->acceptor.bind(*at, ec);
  if (!ec) shared->acceptor.listen(asio::socket_base::max_listen_connections, ec);
  if (ec) return unavailable("cannot listen on " + address + ": " + ec.message());
  const std::string port = std::to_string(shared->acceptor.local_endpoint(ec).port());
  return std::unique_ptr<Listener>(std::make_unique<Listening>(
      std::move(shared), address.substr(0, address.rfind(':') + 1) + port));
}

}  // namespace signalbox::connectors::access_log
