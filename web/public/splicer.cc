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

std::size_t Splicer::send(int socket, std::string_view head, std::string_view body,
                          boost::system::error_code& error) {
  error = {};
  const std::size_t all = head.size() + body.size();
  std::size_t sent = 0;
  while (works_ && sent < all) {
    const std::size_t of_head = std::min(sent, head.size());
    const std::size_t bytes = take_in(head.substr(of_head), body.substr(sent - of_head));
    const std::size_t taken = hand_on(socket, bytes, error);
    sent += taken;
    empty(bytes - taken);
    if (taken < bytes) break;
  }
  sent_.store(sent_.load(std::memory_order_relaxed) + sent, std::memory_order_relaxed);
  return sent;
}

std::size_t Splicer::take_in(std::string_view head, std::string_view body) {
  const std::array<iovec, 2> from = {iovec{const_cast<char*>(head.data()), head.size()},
                                     iovec{const_cast<char*>(body.data()), body.size()}};
  const std::size_t none = head.empty() ? 1 : 0;
  const ssize_t bytes =
      ::vmsplice(pipe_[1], from.data() + none, from.size() - none, SPLICE_F_NONBLOCK);
  if (bytes <= 0) works_ = false;
  return static_cast<std::size_t>(std::max<ssize_t>(bytes, 0));
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
