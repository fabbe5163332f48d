#include "net/socket_watch.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>

#include "base/check.h"

namespace signalbox::net {
namespace {

constexpr int kMostAtOnce = 256;

epoll_event event_of(int socket, std::uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.fd = socket;
  return event;
}

}  // namespace

SocketWatch::SocketWatch()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)), bell_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  check(epoll_ >= 0 && bell_ >= 0 && watch(bell_, true, false), "sockets can be watched");
}

SocketWatch::~SocketWatch() {
  close(bell_);
  close(epoll_);
}

bool SocketWatch::watch(int socket, bool to_read, bool to_write) {
  const std::uint32_t events = (to_read ? EPOLLIN : 0u) | (to_write ? EPOLLOUT : 0u);
  epoll_event event = event_of(socket, events);
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) == 0) return true;
  return errno == EEXIST && epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event) == 0;
}

void SocketWatch::forget(int socket) { epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr); }

const std::vector<SocketWatch::Ready>& SocketWatch::wait(Duration most) {
  std::array<epoll_event, kMostAtOnce> events{};
  const int count = epoll_wait(epoll_, events.data(), kMostAtOnce, static_cast<int>(most.count()));
  ready_.clear();
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == bell_) {
      eventfd_t rung = 0;
      eventfd_read(bell_, &rung);
      continue;
    }
    const bool failed = (event.events & (EPOLLERR | EPOLLHUP)) != 0;
    ready_.push_back({event.data.fd, failed || (event.events & EPOLLIN) != 0,
                      failed || (event.events & EPOLLOUT) != 0});
  }
  return ready_;
}

void SocketWatch::wake() { eventfd_write(bell_, 1); }

}  // namespace signalbox::net
