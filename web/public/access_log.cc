#include "web/public/access_log.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

#include "web/public/sigpipe.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostOfPath = 2000;
constexpr std::size_t kMostOfWords = 600;
constexpr std::size_t kMostOfMethod = 32;
/// What a pipe takes in one piece.
constexpr std::size_t kPipePiece = 4096;
constexpr std::size_t kFilePiece = 64 * 1024;
constexpr int kLookAgainMs = 100;
/// Moved to and not written out yet: beyond that, what waits for the last of them goes to the next.
constexpr std::size_t kMostFiles = 8;

/// As log readers know it from nginx.
std::string quoted(std::string_view text, std::size_t most) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  if (text.empty()) return "-";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\';
    if (out.size() + (plain ? 1 : 4) > most) break;
    if (plain) {
      out += c;
    } else {
      out += {'\\', 'x', kHex[byte >> 4U], kHex[byte & 15U]};
    }
  }
  return out;
}

/// `21/Nov/2026:03:30:00 +0000`.
std::string stamp(Time now) {
  static constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds =
      std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%02d/%s/%04d:%02d:%02d:%02d +0000", utc.tm_mday,
                kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                utc.tm_min, utc.tm_sec);
  return text.data();
}

std::string request_of(const LogEntry& entry) {
  if (entry.method.empty()) return "-";
  return quoted(entry.method, kMostOfMethod) + " " + quoted(entry.path, kMostOfPath) +
         (entry.http_1_0 ? " HTTP/1.0" : " HTTP/1.1");
}

/// Without its query, as the path is.
std::string_view bare_referer(std::string_view referer) {
  return referer.substr(0, referer.find_first_of("?#"));
}

Result<int> opened(const std::string& where) {
  // Not to wait for somebody to read a named pipe.
  const int file =
      where == "stderr"
          ? ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
          : ::open(where.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK,
                   0640);
  if (file >= 0) return file;
  return unavailable("access_log " + where + ": " + std::strerror(errno) +
                     "; make its folder, or name another file");
}

void close_file(int file) {
  if (file >= 0) ::close(file);
}

bool is_regular(int file) {
  struct stat about {};
  return ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

bool takes_more(int file) {
  pollfd waits{file, POLLOUT, 0};
  return ::poll(&waits, 1, kLookAgainMs) > 0;
}

/// Whole lines of at most `most` bytes, where there is one so short.
std::string_view piece_of(std::string_view lines, std::size_t most) {
  const auto end = lines.substr(0, most).rfind('\n');
  return lines.substr(0, end == std::string_view::npos ? most : end + 1);
}

}  // namespace

std::string access_line(const LogEntry& entry, Time now) {
  std::array<char, 32> took{};
  std::snprintf(took.data(), took.size(), " rt=%.3f\n",
                static_cast<double>(entry.took.count()) / 1000);
  return (entry.client.empty() ? "-" : std::string(entry.client)) + " - - [" + stamp(now) + "] \"" +
         request_of(entry) + "\" " + std::to_string(entry.status) + " " +
         std::to_string(entry.bytes) + " \"" + quoted(bare_referer(entry.referer), kMostOfWords) +
         "\" \"" + quoted(entry.agent, kMostOfWords) + "\"" + took.data();
}

AccessLog::~AccessLog() {
  over_ = true;
  {
    const std::lock_guard lock(mutex_);
    wake_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  for (const Part& part : parts_) close_file(part.file);
}

Status AccessLog::open(const std::string& where) {
  int file = -1;
  if (!where.empty()) {
    const auto found = opened(where);
    if (!found) return found.error();
    file = *found;
  }
  const std::lock_guard lock(mutex_);
  const bool is_unused = parts_.size() > 1 && parts_.back().lines.empty();
  if (is_unused || parts_.size() == kMostFiles) {
    close_file(std::exchange(parts_.back().file, file));
  } else {
    parts_.push_back({file, {}});
  }
  on_ = file >= 0;
  if (file >= 0 && !thread_.joinable()) thread_ = std::thread([this] { run(); });
  wake_.notify_one();
  return {};
}

void AccessLog::note(const LogEntry& entry, Time now) {
  const std::string line = access_line(entry, now);
  const std::lock_guard lock(mutex_);
  if (waiting_ + line.size() > kMostWaiting) {
    dropped_.fetch_add(1, std::memory_order_relaxed);
    return;
  }
  waiting_ += line.size();
  parts_.back().lines += line;
  wake_.notify_one();
}

void AccessLog::run() {
  block_sigpipe();
  std::unique_lock lock(mutex_);
  const auto waits = [this] { return parts_.size() > 1 || !parts_.front().lines.empty(); };
  while (!over_ || waits()) {
    wake_.wait(lock, [&] { return over_ || waits(); });
    Part& first = parts_.front();
    const std::string lines = std::exchange(first.lines, {});
    waiting_ -= lines.size();
    lock.unlock();
    write_out(first.file, lines);
    lock.lock();
    if (parts_.size() == 1 || !first.lines.empty()) continue;
    close_file(first.file);
    parts_.pop_front();
  }
}

void AccessLog::write_out(int file, std::string_view lines) {
  if (file < 0) return;  // it was turned off meanwhile
  const std::size_t most = is_regular(file) ? kFilePiece : kPipePiece;
  while (!lines.empty()) {
    if (!takes_more(file)) {
      if (over_) return lose(lines);
      continue;
    }
    const std::string_view piece = piece_of(lines, most);
    ssize_t written = ::write(file, piece.data(), piece.size());
    if (written < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (written < 0) {
      lose(piece);
      written = static_cast<ssize_t>(piece.size());
    }
    lines.remove_prefix(static_cast<std::size_t>(written));
  }
}

void AccessLog::lose(std::string_view lines) {
  const auto lost = std::ranges::count(lines, '\n');
  dropped_.fetch_add(static_cast<std::uint64_t>(lost), std::memory_order_relaxed);
}

}  // namespace signalbox::web
