// The access log: a line an answered request, in the combined format with the time taken behind it
// (` rt=0.001`), as our own access_log source and the usual tools read it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::web {

/// What is told of an answered request. All of it may be a stranger's.
struct LogEntry {
  std::string_view client;  ///< an address; "": a Unix socket's other side
  std::string_view method;  ///< "": what came was no request
  std::string_view path;    ///< without its query: tokens stand there
  std::string_view referer;
  std::string_view agent;
  bool http_1_0 = false;
  int status = 0;
  std::size_t bytes = 0;  ///< of the body that was sent
  Duration took{};
};

/// The line for `entry`, ended by a newline: at most 4,000 bytes, everything else cut. Whatever is
/// no printable ASCII, and `"` and `\`, is written as `\xHH`: no request can forge a line.
std::string access_line(const LogEntry& entry, Time now);

/// Takes lines from any thread and writes them on one of its own: who notes something never waits
/// for a disk. Thread-safe.
class AccessLog {
 public:
  /// Bytes that may wait to be written; a line over that is dropped and counted.
  static constexpr std::size_t kMostWaiting = std::size_t{1} << 20U;

  AccessLog() = default;
  /// Writes what waits, as long as somebody takes it at once.
  ~AccessLog();
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  /// From here on lines go to `where`: a file, appended to and made anew where it was moved away;
  /// "stderr"; or "" for nowhere. What was noted before still goes to the old place. Unavailable,
  /// naming the file, when it cannot be opened; the old one stays then.
  Status open(const std::string& where);
  bool on() const { return on_.load(std::memory_order_relaxed); }
  void note(const LogEntry& entry, Time now);
  /// Lines that were dropped: too many waited, or they could not be written.
  std::uint64_t dropped() const { return dropped_.load(std::memory_order_relaxed); }

 private:
  /// Whole lines that wait for their file; -1: for nowhere.
  struct Part {
    int file = -1;
    std::string lines;
  };

  void run();
  void write_out(int file, std::string_view lines);
  void lose(std::string_view lines);

  std::atomic<bool> on_{false};
  std::atomic<bool> over_{false};
  std::atomic<std::uint64_t> dropped_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Part> parts_{Part{}};  // the first is being written, the last is noted to
  std::size_t waiting_ = 0;         // bytes of all lines
  std::thread thread_;
};

}  // namespace signalbox::web
