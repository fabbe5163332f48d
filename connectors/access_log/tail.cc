#include "connectors/access_log/tail.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "connectors/access_log/open_file.h"
#include "connectors/access_log/rotated.h"

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
      asked_ = before->asked;
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
    if (!file) return finish_elsewhere(reach, named.has_value());
    // Without a new file under the name this one is still the log.
    if (named && !reach.left) reach.left = now_;
    if (reach.left == now_) went_at_ = file->written();
    read(*file, reach);
    const bool over = reach.left && now_ - *reach.left >= kAfterRotation && left_ > 0;
    if (over) return finish(*file, reach);
    look_.place.files.push_back(reach);
  }

  /// The file is not here as itself: packed or copied, or gone.
  void finish_elsewhere(Reach reach, bool named) {
    const auto old = continuation(path_, reach, asked_);
    if (old) {
      if (!reach.left) went_at_ = old->written;
      return read_old(old->path, reach);
    }
    // Nothing under the name: the place is kept for when the file can be read again.
    if (!named) return look_.place.files.push_back(reach);
    if (reach.left) return;
    complain(path_ +
             " was rotated, and the old file is not beside it: its last lines may be missing");
    went_at_ = asked_ ? asked_->time_since_epoch().count() * 1'000'000
                      : now_.time_since_epoch().count() * 1'000'000;
  }

  void read_old(const std::string& path, Reach reach) {
    auto old = OldLog::open(path);
    if (!old) return look_.place.files.push_back(reach);
    look_.was_read = true;
    const std::uint64_t from = reach.offset;
    const bool ended = left_ > 0 && old->each_line(reach, left_, line_);
    left_ -= std::min(left_, reach.offset - from);
    if (ended) return;
    reach.inode = 0;
    reach.left = now_;
    old->remember_beginning(reach);
    look_.place.files.push_back(reach);
  }

  void follow_named(Reach reach, const OpenFile& named) {
    if (named.size() < reach.offset || !named.begins_as(reach)) {
      finish_copy(reach);
      reach = Reach{.inode = named.inode(), .offset = 0, .begins = 0, .begins_size = 0, .left = {}};
    }
    reach.left.reset();
    read(named, reach);
    look_.place.files.push_back(reach);
  }

  /// The file was cut: what came before that is in its copy, if one was made.
  void finish_copy(const Reach& reach) {
    const auto copy = continuation(path_, reach, asked_);
    if (!copy) return complain(path_ + " was cut: reading it from its start");
    went_at_ = copy->written;
    read_old(copy->path, reach);
    read_unseen();
  }

  /// The file that has the name, when it is a new one; before it, those that had it meanwhile.
  void take_up(const std::optional<OpenFile>& named, const std::vector<Reach>& known) {
    if (!named) return;
    const auto is_it = [&](const Reach& reach) { return reach.inode == named->inode(); };
    if (std::ranges::any_of(known, is_it)) return;
    read_unseen();
    Reach reach{.inode = named->inode(), .offset = 0, .begins = 0, .begins_size = 0, .left = {}};
    read(*named, reach);
    look_.place.files.push_back(reach);
  }

  /// Logs rotated after the one that was followed: whole, oldest first.
  void read_unseen() {
    if (!went_at_) return;
    for (const Rotated& log : rotated(path_)) {
      if (log.written > *went_at_) read_old(log.path, Reach{});
    }
    went_at_.reset();
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
  std::optional<Time> asked_;            // the look before
  std::optional<std::int64_t> went_at_;  // when the log that lost its name was last written to
  Look look_;
};

}  // namespace

Look look(const std::string& path, const std::optional<Place>& before, Time now,
          const std::function<void(std::string_view)>& line, std::uint64_t most) {
  return Looking(path, now, line, most).run(before);
}

}  // namespace signalbox::connectors::access_log
