// SIGPIPE, which ends a program that writes to who has gone.
#pragma once

#include <csignal>

namespace signalbox::web {

/// From here on a write of this thread to who has gone fails, and is no more than that.
inline void block_sigpipe() {
  sigset_t pipes;
  sigemptyset(&pipes);
  sigaddset(&pipes, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipes, nullptr);
}

}  // namespace signalbox::web
