#include "connectors/dns_check/query.h"

#include <ares.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "connectors/dns_check/way.h"

namespace signalbox::connectors::dns_check {
namespace {

namespace asio = boost::asio;
using Socket = std::shared_ptr<asio::posix::stream_descriptor>;
constexpr int kInternet = 1;  // the class IN

Reply::End end_of(int status) {
  switch (status) {
    case ARES_SUCCESS:
      return Reply::End::answered;
    case ARES_ENOTFOUND:
      return Reply::End::no_name;
    case ARES_ENODATA:
      return Reply::End::no_records;
    case ARES_EFORMERR:
    case ARES_ESERVFAIL:
    case ARES_ENOTIMP:
    case ARES_EREFUSED:
      return Reply::End::refused;
    case ARES_EBADRESP:
      return Reply::End::nonsense;
    case ARES_ENOMEM:
    case ARES_ENOTINITIALIZED:
      return Reply::End::no_way;
    default:
      return Reply::End::silent;
  }
}

/// Held by its own handlers, so that it lives until the last of them ran.
class Query : public std::enable_shared_from_this<Query> {
 public:
  Query(const asio::any_io_executor& executor, Duration timeout)
      : executor_(executor), ring_(executor), alarm_(executor), ends_(executor, timeout) {
    ring_.expires_at(asio::steady_timer::time_point::max());
  }
  ~Query() { close(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  void start(const std::string& server, const std::string& name, int type, Duration timeout) {
    if (!open(server, timeout)) return finish(ARES_ENOTINITIALIZED, {});
    ends_.async_wait([self = shared_from_this()](const auto& error) {
      if (!error && self->channel_ != nullptr) ares_cancel(self->channel_);
    });
    ares_query(channel_, name.c_str(), kInternet, type, &Query::on_answer, this);
    set_alarm();
  }
  bool done() const { return reply_.has_value(); }
  asio::steady_timer& ring() { return ring_; }
  Reply reply() const { return reply_.value_or(Reply{}); }
  /// No callback comes from here on.
  void close() {
    if (channel_ != nullptr) ares_destroy(std::exchange(channel_, nullptr));
    sockets_.clear();
    alarm_.cancel();
    ends_.cancel();
  }

 private:
  bool open(const std::string& server, Duration timeout) {
    ares_options options{};
    // Each further round waits twice as long: three of them fit into the time allowed.
    options.timeout = static_cast<int>(std::max<Duration::rep>(50, timeout.count() / 7));
    options.tries = 3;
    options.sock_state_cb = &Query::on_socket;
    options.sock_state_cb_data = this;
    // Of several resolvers another may know better; of the one that is checked, a refusal counts.
    options.flags = server.empty() ? 0 : ARES_FLAG_NOCHECKRESP;
    const int set = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
    if (ares_init_options(&channel_, &options, set) != ARES_SUCCESS) return false;
    return server.empty() || ares_set_servers_ports_csv(channel_, server.c_str()) == ARES_SUCCESS;
  }

  void finish(int status, std::string message) {
    if (!reply_) reply_ = Reply{end_of(status), std::move(message)};
    ring_.cancel();
  }

  void watch(int number, bool reads, bool writes) {
    if (!reads && !writes) {
      const auto known = sockets_.find(number);
      if (known == sockets_.end()) return;
      known->second->release();  // c-ares closes it
      sockets_.erase(known);
      return;
    }
    Socket& socket = sockets_[number];
    if (!socket) socket = std::make_shared<Socket::element_type>(executor_, number);
    boost::system::error_code ignored;
    socket->cancel(ignored);
    ++orders_;
    if (reads) wait_for(socket, Socket::element_type::wait_read);
    if (writes) wait_for(socket, Socket::element_type::wait_write);
  }

  void wait_for(const Socket& socket, Socket::element_type::wait_type what) {
    socket->async_wait(what, [self = shared_from_this(), socket, what](const auto& error) {
      if (error || self->channel_ == nullptr || !socket->is_open()) return;
      self->go_on(socket, what);
    });
  }

  void go_on(const Socket& socket, Socket::element_type::wait_type what) {
    const int number = socket->native_handle();
    const bool reads = what == Socket::element_type::wait_read;
    const int orders = orders_;
    ares_process_fd(channel_, reads ? number : ARES_SOCKET_BAD, reads ? ARES_SOCKET_BAD : number);
    const auto known = sockets_.find(number);
    const bool same = known != sockets_.end() && known->second == socket;
    if (same && orders == orders_) wait_for(socket, what);
    set_alarm();
  }

  void set_alarm() {
    if (done() || channel_ == nullptr) return;
    timeval next{};
    if (ares_timeout(channel_, nullptr, &next) == nullptr) return;
    alarm_.expires_after(std::chrono::seconds(next.tv_sec) +
                         std::chrono::microseconds(next.tv_usec) + std::chrono::milliseconds(1));
    alarm_.async_wait([self = shared_from_this()](const auto& error) {
      if (error || self->channel_ == nullptr) return;
      ares_process_fd(self->channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
      self->set_alarm();
    });
  }

  static void on_answer(void* self, int status, int, unsigned char* bytes, int size) {
    std::string message;
    if (bytes != nullptr && size > 0) {
      message.assign(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    }
    static_cast<Query*>(self)->finish(status, std::move(message));
  }

  static void on_socket(void* self, ares_socket_t number, int reads, int writes) {
    static_cast<Query*>(self)->watch(number, reads != 0, writes != 0);
  }

  asio::any_io_executor executor_;
  asio::steady_timer ring_;  ///< never rings: cancelled when the reply is there
  asio::steady_timer alarm_;
  asio::steady_timer ends_;
  ares_channel channel_ = nullptr;
  std::map<int, Socket> sockets_;
  int orders_ = 0;  ///< how often c-ares said what to wait for
  std::optional<Reply> reply_;
};

}  // namespace

Task<Reply> ask(std::string server, std::string name, int type, Duration timeout) {
  const auto executor = co_await asio::this_coro::executor;
  const auto query = std::make_shared<Query>(executor, timeout);
  query->start(server, name, type, timeout);
  if (!query->done()) co_await query->ring().async_wait(asio::as_tuple(asio::use_awaitable));
  query->close();
  Reply reply = query->reply();
  if (reply.end == Reply::End::silent && !server.empty() && !has_way_to(server)) {
    reply.end = Reply::End::no_way;
  }
  co_return reply;
}

}  // namespace signalbox::connectors::dns_check
