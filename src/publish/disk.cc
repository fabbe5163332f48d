#include "publish/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace signalbox::publish {
namespace {

namespace fs = std::filesystem;

Error failed(const fs::path& path) { return unavailable(path.string() + ": " + strerror(errno)); }

/// The folders, each open to `mode` whatever the umask: those that were there keep theirs.
Status make_folders(const fs::path& folder, mode_t mode) {
  std::error_code ignored;
  if (folder.empty() || fs::is_directory(folder, ignored)) return {};
  if (const Status above = make_folders(folder.parent_path(), mode); !above) return above;
  if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST) return failed(folder);
  return ::chmod(folder.c_str(), mode) == 0 ? Status() : Status(failed(folder));
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

std::optional<std::string> content_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text(std::istreambuf_iterator<char>(file), {});
  return file.bad() ? std::nullopt : std::optional(std::move(text));
}

Status write_whole(const fs::path& path, std::string_view text, Readers readers) {
  const bool open = readers == Readers::everybody;
  if (const Status made = make_folders(path.parent_path(), open ? 0755 : 0700); !made) return made;
  const std::string beside = path.string() + ".new";
  ::unlink(beside.c_str());
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return failed(beside);
  const bool written = write_all(file, text) && ::fchmod(file, open ? 0644 : 0600) == 0;
  const int why = errno;
  ::close(file);
  errno = why;
  if (written && ::rename(beside.c_str(), path.c_str()) == 0) return {};
  const Error error = failed(path);
  ::unlink(beside.c_str());
  return error;
}

}  // namespace signalbox::publish
