#include "connectors/access_log/open_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "base/hash.h"

namespace signalbox::connectors::access_log {
namespace {

constexpr std::uint64_t kBeginning = 256;
constexpr std::uint64_t kPiece = 1U << 20U;

}  // namespace

std::optional<OpenFile> OpenFile::open(const std::string& path) {
  // Non-blocking: a fifo under this name must not hold up the thread.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return {};
  struct stat facts {};
  if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) {
    ::close(descriptor);
    errno = EINVAL;
    return {};
  }
  return OpenFile(descriptor, facts.st_ino, static_cast<std::uint64_t>(facts.st_size));
}

OpenFile::OpenFile(int descriptor, std::uint64_t inode, std::uint64_t size)
    : descriptor_(descriptor), inode_(inode), size_(size) {}

OpenFile::OpenFile(OpenFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), inode_(other.inode_), size_(other.size_) {}

OpenFile& OpenFile::operator=(OpenFile&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  inode_ = other.inode_;
  size_ = other.size_;
  return *this;
}

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::int64_t OpenFile::written() const {
  struct stat facts {};
  ::fstat(descriptor_, &facts);
  return facts.st_mtim.tv_sec * std::int64_t{1'000'000'000} + facts.st_mtim.tv_nsec;
}

std::string OpenFile::read(std::uint64_t from, std::uint64_t bytes) const {
  if (from >= size_) return "";
  std::string text(std::min(bytes, size_ - from), '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const auto got = ::pread(descriptor_, text.data() + filled, text.size() - filled,
                             static_cast<off_t>(from + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  return text;
}

Reach OpenFile::at_end() const {
  Reach reach{.inode = inode_, .offset = size_, .begins = 0, .begins_size = 0, .left = {}};
  const std::uint64_t from = size_ > kPiece ? size_ - kPiece : 0;
  const std::string last = read(from, kPiece);
  const std::size_t newline = last.rfind('\n');
  if (newline != std::string::npos) reach.offset = from + newline + 1;
  if (newline == std::string::npos && from == 0) reach.offset = 0;
  remember_beginning(reach);
  return reach;
}

bool OpenFile::begins_as(const Reach& reach) const {
  if (size_ < reach.begins_size) return false;
  return hash64(read(0, reach.begins_size)) == reach.begins || reach.begins_size == 0;
}

void OpenFile::remember_beginning(Reach& reach) const {
  const std::uint64_t bytes = std::min(reach.offset, kBeginning);
  if (bytes == reach.begins_size) return;
  reach.begins_size = bytes;
  reach.begins = hash64(read(0, bytes));
}

std::uint64_t OpenFile::each_line(std::uint64_t from, std::uint64_t most,
                                  const std::function<void(std::string_view)>& line) const {
  const std::uint64_t end = from + most;
  while (from < end) {
    const std::string text = read(from, kPiece);
    std::string_view left(text);
    for (std::size_t newline = left.find('\n'); newline != std::string_view::npos;
         newline = left.find('\n')) {
      line(left.substr(0, newline));
      left.remove_prefix(newline + 1);
    }
    if (left.size() == kPiece) {
      line(left);
      left = {};
    }
    if (left.size() == text.size()) break;  // not one whole line
    from += text.size() - left.size();
  }
  return from;
}

std::string OpenFile::rest(std::uint64_t from) const { return read(from, kPiece); }

}  // namespace signalbox::connectors::access_log
