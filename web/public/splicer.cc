#include "web/public/splicer.h"

#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace signalbox::web {
namespace {

/// A body of usual size in one turn; what the socket has no room for was looked up in vain.
constexpr int kPipeBytes = 256 * 1024;

/// Whether a failed splice(2) says that this system, or this kind of socket, has none.
bool is_refused(int error) {
  return error == EINVAL || error == ENOSYS || error == EPERM || error == EOPNOTSUPP;
}

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
  while (works_ && sent < pages.size()) {
    const iovec from = {const_cast<char*>(pages.data()) + sent, pages.size() - sent};
    const ssize_t lent = ::vmsplice(pipe_[1], &from, 1, SPLICE_F_NONBLOCK);
    if (lent <= 0) works_ = false;
    const auto bytes = static_cast<std::size_t>(std::max<ssize_t>(lent, 0));
    const std::size_t taken = hand_on(socket, bytes, error);
    sent += taken;
    empty(bytes - taken);
    if (taken < bytes) break;
  }
  return sent;
}

std::size_t Splicer::hand_on(int socket, std::size_t bytes, boost::system::error_code& error) {
  std::size_t taken = 0;
  while (taken < bytes) {
    const ssize_t now =
        ::splice(pipe_[0], nullptr, socket, nullptr, bytes - taken, SPLICE_F_NONBLOCK);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0 && errno == EAGAIN) break;
    if (now <= 0) {
      const int why = now == 0 ? EPIPE : errno;
      if (is_refused(why)) works_ = false;
      if (works_) error.assign(why, boost::system::system_category());
      break;
    }
    taken += static_cast<std::size_t>(now);
  }
  return taken;
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
