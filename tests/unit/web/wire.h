// A raw client on loopback or a Unix socket, for tests that must say things no HTTP client would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>

namespace signalbox::web::samples {

/// One connection. Reading ends after five seconds of silence.
class Wire {
 public:
  /// `room`: how many bytes wait here unread, before the other side has to (0: the system's many).
  explicit Wire(const std::string& address, int room = 0)
      : socket_(::socket(address.starts_with("unix:") ? AF_UNIX : AF_INET, SOCK_STREAM, 0)) {
    if (room > 0) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &room, sizeof(room));
    address.starts_with("unix:") ? connect_path(address.substr(5)) : connect_port(address);
  }

  ~Wire() { ::close(socket_); }
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  void send(std::string_view bytes) const {
    ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }

  /// Nothing more will be asked; answers are still read.
  void says_no_more() const { ::shutdown(socket_, SHUT_WR); }
  /// Whether what was read ended in a reset, not in a close.
  bool was_reset() const { return reset_; }
  /// Whether anything comes, or the other side closes, within 50 ms.
  bool hears_something() const {
    pollfd waits{socket_, POLLIN, 0};
    return !connected_ || ::poll(&waits, 1, 50) > 0;
  }
  /// Everything until the other side closes.
  std::string read_all() {
    while (read_more()) {
    }
    return std::move(got_);
  }
  /// Up to and with the first `mark`.
  std::string read_until(std::string_view mark) {
    while (got_.find(mark) == std::string::npos) {
      if (!read_more()) return std::move(got_);
    }
    const auto end = got_.find(mark) + mark.size();
    std::string text = got_.substr(0, end);
    got_.erase(0, end);
    return text;
  }
  /// One answer whose length is given; its head, with the body behind.
  std::string read_answer() {
    std::string head = read_until("\r\n\r\n");
    const auto at = head.find("Content-Length: ");
    const std::size_t length = at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
    while (got_.size() < length && read_more()) {
    }
    head += got_.substr(0, length);
    got_.erase(0, length);
    return head;
  }

 private:
  void connect_port(const std::string& address) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0;
  }
  void connect_path(const std::string& path) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    path.copy(to.sun_path, sizeof(to.sun_path) - 1);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)) == 0;
  }
  bool read_more() {
    pollfd waits{socket_, POLLIN, 0};
    if (!connected_ || ::poll(&waits, 1, 5000) <= 0) return false;
    char buffer[4096];
    const auto bytes = ::recv(socket_, buffer, sizeof(buffer), 0);
    reset_ = bytes < 0 && errno == ECONNRESET;
    if (bytes <= 0) return false;
    got_.append(buffer, static_cast<std::size_t>(bytes));
    return true;
  }

  int socket_;
  bool connected_ = false;
  bool reset_ = false;
  std::string got_;
};

}  // namespace signalbox::web::samples
