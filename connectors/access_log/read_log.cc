// Whole files on their way to LogReaders: compressed ones in order, plain ones in parts at once.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>
#include <thread>

#include "connectors/access_log/offline.h"

namespace signalbox::connectors::access_log {
namespace {

constexpr std::uint64_t kPart = 8U << 20U;
constexpr std::size_t kPiece = 1U << 18U;
constexpr unsigned kMostThreads = 8;

Status unreadable(const std::string& path, const std::string& why) {
  return invalid("cannot read " + path + ": " + why);
}

struct CloseGz {
  void operator()(gzFile file) const { gzclose(file); }
};
using Gz = std::unique_ptr<gzFile_s, CloseGz>;

/// zlib reads plain files as they are.
Gz open_gz(const std::string& path) {
  if (path != "-") return Gz(gzopen(path.c_str(), "rb"));
  const int copy = ::dup(STDIN_FILENO);
  if (copy < 0) return nullptr;
  Gz file(gzdopen(copy, "rb"));
  if (!file) ::close(copy);
  return file;
}

std::string trouble(gzFile file) {
  int code = Z_OK;
  const char* text = gzerror(file, &code);
  return code == Z_ERRNO ? std::strerror(errno) : text;
}

/// From its beginning to its end.
Status read_in_order(const std::string& path, std::span<LogReader* const> readers) {
  const Gz file = open_gz(path);
  if (!file) return unreadable(path, std::strerror(errno));
  std::string buffer(kPiece, '\0');
  for (;;) {
    const int got = gzread(file.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
    if (got < 0) return unreadable(path, trouble(file.get()));
    if (got == 0) break;
    for (LogReader* reader : readers)
      reader->feed(std::string_view(buffer).substr(0, static_cast<std::size_t>(got)));
  }
  int code = Z_OK;
  gzerror(file.get(), &code);
  if (code == Z_BUF_ERROR) return invalid("cannot read " + path + " to its end: it is cut off");
  for (LogReader* reader : readers) reader->end();
  return {};
}

/// A plain file, open.
class Plain {
 public:
  /// Not open() for what is compressed, no file, or cannot be read.
  explicit Plain(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat facts {};
    const bool file =
        descriptor_ >= 0 && ::fstat(descriptor_, &facts) == 0 && S_ISREG(facts.st_mode);
    std::array<char, 2> start{};
    const bool begins = file && ::pread(descriptor_, start.data(), 2, 0) == 2;
    if (begins && start != std::array<char, 2>{'\x1f', '\x8b'}) {
      size_ = static_cast<std::uint64_t>(facts.st_size);
    }
  }
  ~Plain() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;

  bool open() const { return size_ > 0; }
  std::uint64_t size() const { return size_; }

  /// Up to `space.size()` bytes from `at`; fewer at the end, -1 with errno when it fails.
  std::ptrdiff_t read(std::uint64_t at, std::span<char> space) const {
    ssize_t got = -1;
    do {
      got = ::pread(descriptor_, space.data(), space.size(), static_cast<off_t>(at));
    } while (got < 0 && errno == EINTR);
    return got;
  }

 private:
  int descriptor_;
  std::uint64_t size_ = 0;
};

/// Reads parts of a file, taking the next one that nobody has, until there is none. A line belongs
/// to the part in which it begins.
class Hand {
 public:
  Hand(const Plain& file, std::span<LogReader* const> readers, std::atomic<std::uint64_t>& next)
      : file_(file), next_(next), buffer_(kPiece, '\0') {
    for (const LogReader* reader : readers) mine_.push_back(reader->another());
  }

  void work() {
    for (;;) {
      const std::uint64_t part = next_.fetch_add(kPart);
      if (part >= file_.size() || error_ != 0) return;
      for (LogReader& reader : mine_) reader.place(part);
      read_part(part, std::min(part + kPart, file_.size()));
    }
  }

  int error() const { return error_; }
  const std::vector<LogReader>& counted() const { return mine_; }

 private:
  void read_part(std::uint64_t from, std::uint64_t until) {
    const std::uint64_t end = line_from(until);
    for (std::uint64_t at = line_from(from); at < end && error_ == 0;) {
      const std::string_view bytes = piece(at, std::min<std::uint64_t>(end - at, buffer_.size()));
      if (bytes.empty()) break;
      for (LogReader& reader : mine_) reader.feed(bytes);
      at += bytes.size();
    }
    for (LogReader& reader : mine_) reader.end();
  }

  /// Where the first line begins that is not before `at`; the file's size when none does.
  std::uint64_t line_from(std::uint64_t at) {
    if (at == 0 || at >= file_.size()) return std::min(at, file_.size());
    constexpr std::size_t kStep = 4096;
    for (--at; at < file_.size();) {
      const std::string_view bytes = piece(at, kStep);
      const std::size_t newline = bytes.find('\n');
      if (newline != std::string_view::npos) return at + newline + 1;
      if (bytes.empty()) break;
      at += bytes.size();
    }
    return file_.size();
  }

  /// Empty at the end, and when reading fails, which is noted.
  std::string_view piece(std::uint64_t at, std::size_t most) {
    const auto got = file_.read(at, std::span(buffer_).first(most));
    if (got < 0) error_ = errno;
    return std::string_view(buffer_.data(),
                            static_cast<std::size_t>(std::max<std::ptrdiff_t>(got, 0)));
  }

  const Plain& file_;
  std::atomic<std::uint64_t>& next_;
  std::string buffer_;
  std::vector<LogReader> mine_;
  int error_ = 0;
};

Status read_in_parts(const std::string& path, const Plain& file,
                     std::span<LogReader* const> readers) {
  const auto parts = (file.size() + kPart - 1) / kPart;
  const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
  std::atomic<std::uint64_t> next = 0;
  std::vector<Hand> hands;
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(cores, parts); ++i)
    hands.emplace_back(file, readers, next);
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < hands.size(); ++i)
    threads.emplace_back([&hand = hands[i]] { hand.work(); });
  hands.front().work();
  for (std::thread& thread : threads) thread.join();
  for (const Hand& hand : hands) {
    if (hand.error() != 0) return unreadable(path, std::strerror(hand.error()));
    for (std::size_t i = 0; i < readers.size(); ++i) readers[i]->add(hand.counted()[i]);
  }
  return {};
}

}  // namespace

Status read_log(const std::string& path, std::span<LogReader* const> readers) {
  if (path != "-") {
    const Plain file(path);
    if (file.open()) return read_in_parts(path, file, readers);
  }
  return read_in_order(path, readers);
}

}  // namespace signalbox::connectors::access_log
