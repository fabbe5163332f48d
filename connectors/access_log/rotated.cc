#include "connectors/access_log/rotated.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "base/hash.h"

namespace signalbox::connectors::access_log {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPacked = ".gz";
constexpr std::size_t kBeginning = 256;
constexpr std::size_t kPiece = 1U << 20U;

/// What rotation adds to a name: `.1`, `-20261121`, `.2026-11-21_04`.
bool added_by_rotation(std::string_view suffix) {
  if (suffix.ends_with(kPacked)) suffix.remove_suffix(kPacked.size());
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return std::ranges::any_of(suffix, digit) && std::ranges::all_of(suffix, [&](char c) {
           return digit(c) || c == '.' || c == '-' || c == '_';
         });
}

std::optional<Rotated> looked_at(const std::string& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0 || !S_ISREG(facts.st_mode)) return {};
  const bool packed = path.ends_with(kPacked);
  if (packed && ::access(path.substr(0, path.size() - kPacked.size()).c_str(), F_OK) == 0)
    return {};
  constexpr std::int64_t kSecond = 1'000'000'000;
  return Rotated{path, facts.st_ino, facts.st_mtim.tv_sec * kSecond + facts.st_mtim.tv_nsec,
                 packed};
}

bool written_after(const Rotated& log, std::optional<Time> asked) {
  return asked && log.written / 1'000'000 > asked->time_since_epoch().count();
}

}  // namespace

std::vector<Rotated> rotated(const std::string& path) {
  const fs::path whole(path);
  const std::string name = whole.filename().string();
  const fs::path folder = whole.has_parent_path() ? whole.parent_path() : fs::path(".");
  std::vector<Rotated> found;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string other = entry->path().filename().string();
    if (!other.starts_with(name) || !added_by_rotation(other.substr(name.size()))) continue;
    if (auto log = looked_at(entry->path().string())) found.push_back(std::move(*log));
  }
  std::ranges::sort(found, {}, &Rotated::written);
  return found;
}

std::optional<OldLog> OldLog::open(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rbe");
  if (file == nullptr) return {};
  return OldLog(file);
}

std::string OldLog::read(std::uint64_t from, std::size_t bytes) {
  if (gztell(file_.get()) != static_cast<z_off_t>(from) &&
      gzseek(file_.get(), static_cast<z_off_t>(from), SEEK_SET) < 0) {
    return "";
  }
  std::string text(bytes, '\0');
  const int got = gzread(file_.get(), text.data(), static_cast<unsigned>(bytes));
  text.resize(static_cast<std::size_t>(std::max(got, 0)));
  return text;
}

bool OldLog::begins_as(const Reach& reach) {
  if (reach.begins_size == 0) return true;
  const std::string beginning = read(0, reach.begins_size);
  return beginning.size() == reach.begins_size && hash64(beginning) == reach.begins;
}

void OldLog::remember_beginning(Reach& reach) {
  const std::string beginning = read(0, std::min<std::uint64_t>(reach.offset, kBeginning));
  reach.begins_size = beginning.size();
  reach.begins = hash64(beginning);
}

bool OldLog::each_line(Reach& reach, std::uint64_t most,
                       const std::function<void(std::string_view)>& line) {
  const std::uint64_t end = reach.offset + most;
  std::string begun;  // going back in a packed file is dear: what is no whole line yet is kept
  while (reach.offset < end) {
    const std::string text = read(reach.offset + begun.size(), kPiece);
    begun += text;
    std::string_view left(begun);
    for (std::size_t newline = left.find('\n'); newline != std::string_view::npos;
         newline = left.find('\n')) {
      line(left.substr(0, newline));
      left.remove_prefix(newline + 1);
    }
    const bool ended = text.size() < kPiece;
    if (!left.empty() && (ended || left.size() >= kPiece)) {
      line(left);
      left = {};
    }
    reach.offset += begun.size() - left.size();
    begun.erase(0, begun.size() - left.size());
    if (ended) return true;
  }
  return false;
}

std::optional<Rotated> continuation(const std::string& path, const Reach& reach,
                                    std::optional<Time> asked) {
  // From the newest: what was just rotated is asked for most.
  std::vector<Rotated> all = rotated(path);
  for (auto log = all.rbegin(); log != all.rend(); ++log) {
    if (reach.begins_size == 0 && !written_after(*log, asked)) continue;
    auto old = OldLog::open(log->path);
    if (old && old->begins_as(reach)) return *log;
  }
  return {};
}

}  // namespace signalbox::connectors::access_log
