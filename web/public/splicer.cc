#include "web/public/splicer.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <boost/asio/error.hpp>
#include <cerrno>

namespace signalbox::web {
namespace {

/// A body of usual size in one turn; what the socket has no room for was looked up in vain.
constexpr int kPipeBytes = 256 * 1024;

}  // namespace

Splicer::Splicer() {
  if (::pipe2(pipe_.data(), O_NONBLOCK | O_CLOEXEC) != 0) return;
  ::fcntl(pipe_[1], F_SETPIPE_SZ, kPipeBytes);  // smaller is slower, no more
  nowhere_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  works_ = nowhere_ >= 0;
}

Splicer::~Splicer() {
  for (const int fd : {pipe_[0], pipe_[1], nowhere_}) {
    if (fd >= 0) ::close(fd);
  }
}

std::size_t Splicer::send(int socket, std::string_view pages, boost::system::error_code& error) {
  error = {};
  std::size_t sent = 0;
  while (!error && sent < pages.size()) sent += send_piece(socket, pages.substr(sent), error);
  return sent;
}

std::size_t Splicer::send_piece(int socket, std::string_view pages,
                                boost::system::error_code& error) {
  const iovec from = {const_cast<char*>(pages.data()), pages.size()};
  const ssize_t lent = works_ ? ::vmsplice(pipe_[1], &from, 1, SPLICE_F_NONBLOCK) : -1;
  if (lent <= 0) {
    works_ = false;
    error = boost::asio::error::operation_not_supported;
    return 0;
  }
  const auto all = static_cast<std::size_t>(lent);
  std::size_t sent = 0;
  while (sent < all) {
    const ssize_t taken =
        ::splice(pipe_[0], nullptr, socket, nullptr, all - sent, SPLICE_F_NONBLOCK);
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) {
      error.assign(taken == 0 ? EPIPE : errno, boost::system::system_category());
      break;
    }
    sent += static_cast<std::size_t>(taken);
  }
  if (sent < all) empty(all - sent);
  return sent;
}

void Splicer::empty(std::size_t left) {
  while (left > 0) {
    const ssize_t gone = ::splice(pipe_[0], nullptr, nowhere_, nullptr, left, SPLICE_F_NONBLOCK);
    if (gone <= 0) {
      works_ = false;  // what lies in the pipe would go to another reader
      return;
    }
    left -= static_cast<std::size_t>(gone);
  }
}

}  // namespace signalbox::web
