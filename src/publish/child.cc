#include "publish/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <utility>

#include "base/text.h"

// NOLINTNEXTLINE(readability-redundant-declaration)
extern char** environ;

namespace signalbox::publish {
namespace {

using Steady = std::chrono::steady_clock;

/// How soon a wish to stop is heard.
constexpr Duration kLooked{100};

/// A pipe's end, closed when it goes.
class End {
 public:
  explicit End(int file = -1) : file_(file) {}
  ~End() { close(); }
  End(const End&) = delete;
  End& operator=(const End&) = delete;
  void close() {
    if (file_ >= 0) ::close(std::exchange(file_, -1));
  }
  int file() const { return file_; }

 private:
  int file_;
};

/// A process group under way.
class Child {
 public:
  Child(pid_t pid, int output) : pid_(pid), output_(output) {}
  ~Child() {
    if (pid_ > 0) end_it();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Reads what it says until it says no more; false when `patience` or the wish to stop came
  /// first.
  bool listen(Duration patience, const std::atomic<bool>& stopping) {
    const auto end = Steady::now() + patience;
    while (Steady::now() < end && !stopping) {
      pollfd ready{output_.file(), POLLIN, 0};
      if (::poll(&ready, 1, static_cast<int>(kLooked.count())) <= 0) continue;
      std::array<char, 4096> piece{};
      const ssize_t length = ::read(output_.file(), piece.data(), piece.size());
      if (length == 0) return true;
      if (length > 0) keep({piece.data(), static_cast<std::size_t>(length)});
    }
    return false;
  }

  /// Waits for its end, as it has closed its output; its exit code, or 128 and the signal.
  int code(Duration patience, const std::atomic<bool>& stopping) {
    const auto end = Steady::now() + patience;
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
      if (Steady::now() >= end || stopping) return end_it();
      ::poll(nullptr, 0, 10);
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  /// The last line it said.
  std::string last_line() const {
    const std::string_view text = trim(said_);
    const std::size_t start = text.find_last_of("\r\n");
    return one_line(start == std::string_view::npos ? text : text.substr(start + 1));
  }

 private:
  void keep(std::string_view piece) {
    said_ += piece;
    if (said_.size() > kMostSaid) said_.erase(0, said_.size() - kMostSaid);
  }
  /// The whole group: what the program started itself, too.
  int end_it() {
    ::kill(-pid_, SIGKILL);
    ::waitpid(std::exchange(pid_, -1), nullptr, 0);
    return 128 + SIGKILL;
  }

  pid_t pid_;
  End output_;
  std::string said_;
};

/// Signals as a program expects them, whatever we block, and a group of its own.
void set_up(posix_spawnattr_t& how) {
  sigset_t none;
  sigset_t usual;
  sigemptyset(&none);
  sigemptyset(&usual);
  for (const int signal : {SIGPIPE, SIGTERM, SIGINT, SIGHUP}) sigaddset(&usual, signal);
  posix_spawnattr_init(&how);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &usual);
  posix_spawnattr_setpgroup(&how, 0);
  posix_spawnattr_setflags(&how,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/// The process, whose output goes to `output`; an errno when it cannot be started.
std::pair<pid_t, int> spawned(const std::vector<std::string>& words, int output) {
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawnattr_t how;
  posix_spawn_file_actions_t files;
  set_up(how);
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO);
  // Sockets of ours that it kept open would outlive us.
  posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1);
  pid_t pid = -1;
  const int error =
      posix_spawnp(&pid, words.front().c_str(), &files, &how, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&how);
  return {pid, error};
}

}  // namespace

Status run_program(const std::vector<std::string>& words, Duration patience,
                   const std::atomic<bool>& stopping) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return unavailable(std::strerror(errno));
  End writing(ends[1]);
  const auto [pid, error] = spawned(words, ends[1]);
  if (error != 0) {
    ::close(ends[0]);
    return invalid(words.front() + " cannot be started: " + std::strerror(error));
  }
  Child child(pid, ends[0]);
  writing.close();
  if (!child.listen(patience, stopping)) {
    return unavailable(words.front() +
                       (stopping ? " was stopped" : " took longer than " + to_text(patience)));
  }
  const int code = child.code(patience, stopping);
  if (code == 0) return {};
  return unavailable(words.front() + " ended with " + std::to_string(code) + ": " +
                     shorten(child.last_line(), 300));
}

}  // namespace signalbox::publish
