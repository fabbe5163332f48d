#include "connectors/access_log/tail.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "connectors/access_log/open_file.h"

namespace signalbox::connectors::access_log {
namespace {

/// A file that lost its name is watched this long.
constexpr Duration kAfterRotation = std::chrono::minutes(1);

/// The file that is now known as `inode`: at `path`, or beside it under a name that begins alike
/// (`access.log.1`, `access.log-20261121`).
std::optional<OpenFile> find_inode(const std::string& path, const Reach& reach) {
  namespace fs = std::filesystem;
  const fs::path whole(path);
  const std::string name = whole.filename().string();
  const fs::path folder = whole.has_parent_path() ? whole.parent_path() : fs::path(".");
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    const std::string other = entry->path().filename().string();
    if (!other.starts_with(name) || other.ends_with(".gz")) continue;
    auto file = OpenFile::open(entry->path().string());
    if (file && file->inode() == reach.inode && file->begins_as(reach)) return file;
  }
  return {};
}

/// One look at one path.
class Looking {
 public:
  Looking(const std::string& path, Time now, const std::function<void(std::string_view)>& line,
          std::uint64_t most)
      : path_(path), now_(now), line_(line), left_(most) {}

  Look run(const std::optional<Place>& before) && {
    auto named = OpenFile::open(path_);
    if (!named) complain("cannot read " + path_ + ": " + std::strerror(errno));
    if (!before) {
      if (named) look_.place.files.push_back(named->at_end());
    } else {
      for (const Reach& reach : before->files) follow(reach, named);
      take_up(named, before->files);
    }
    look_.place.asked = now_;
    return std::move(look_);
  }

 private:
  void complain(std::string what) { look_.complaints.push_back(std::move(what)); }

  /// Goes on with a file known from before.
  void follow(Reach reach, const std::optional<OpenFile>& named) {
    if (named && named->inode() == reach.inode) return follow_named(reach, *named);
    auto file = find_inode(path_, reach);
    if (!file) {
      // Nothing under the name: the place is kept for when the file can be read again.
      if (!named) look_.place.files.push_back(reach);
      if (!reach.left && named)
        complain(path_ +
                 " was rotated, and the old file is not beside it: "
                 "its last lines may be missing");
      return;
    }
    // Without a new file under the name this one is still the log.
    if (named && !reach.left) reach.left = now_;
    read(*file, reach);
    const bool over = reach.left && now_ - *reach.left >= kAfterRotation && left_ > 0;
    if (over) return finish(*file, reach);
    look_.place.files.push_back(reach);
  }

  void follow_named(Reach reach, const OpenFile& named) {
    if (named.size() < reach.offset || !named.begins_as(reach)) {
      complain(path_ + " was cut: reading it from its start");
      reach = Reach{.inode = named.inode(), .offset = 0, .begins = 0, .begins_size = 0, .left = {}};
    }
    reach.left.reset();
    read(named, reach);
    look_.place.files.push_back(reach);
  }

  /// The file that has the name, when it is a new one.
  void take_up(const std::optional<OpenFile>& named, const std::vector<Reach>& known) {
    if (!named) return;
    const auto is_it = [&](const Reach& reach) { return reach.inode == named->inode(); };
    if (std::ranges::any_of(known, is_it)) return;
    Reach reach{.inode = named->inode(), .offset = 0, .begins = 0, .begins_size = 0, .left = {}};
    read(*named, reach);
    look_.place.files.push_back(reach);
  }

  void read(const OpenFile& file, Reach& reach) {
    look_.was_read = true;
    const std::uint64_t from = reach.offset;
    reach.offset = file.each_line(from, left_, line_);
    left_ -= std::min(left_, reach.offset - from);
    file.remember_beginning(reach);
  }

  /// The last line of a file that nobody writes to any more counts without its newline.
  void finish(const OpenFile& file, const Reach& reach) {
    const std::string rest = file.rest(reach.offset);
    if (!rest.empty()) line_(rest);
  }

  const std::string& path_;
  Time now_;
  const std::function<void(std::string_view)>& line_;
  std::uint64_t left_;
  Look look_;
};

}  // namespace

Look look(const std::string& path, const std::optional<Place>& before, Time now,
          const std::function<void(std::string_view)>& line, std::uint64_t most) {
  return Looking(path, now, line, most).run(before);
}

}  // namespace signalbox::connectors::access_log
