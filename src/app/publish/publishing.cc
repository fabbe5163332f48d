#include "app/publish/publishing.h"

#include <algorithm>
#include <random>
#include <utility>

#include "app/publish/copy_content.h"
#include "app/publish/make_mirror.h"

namespace signalbox::app {
namespace {

/// Makes each site after the one before, so that the archive's answers are kept.
ContentOf sites(const std::string& store, const board::Board& board, Duration every) {
  struct Sites {
    explicit Sites(std::string at, const board::Board& of) : archive(std::move(at), &of) {}
    PageArchive archive;
    web::SitePtr newest;
  };
  auto kept = std::make_shared<Sites>(store, board);
  return [kept, every](const SnapshotPtr& snapshot) -> std::unique_ptr<publish::Content> {
    kept->newest = web::render(snapshot, kept->newest, &kept->archive);
    return std::make_unique<CopyContent>(web::SiteCopy(kept->newest, every));
  };
}

}  // namespace

struct Publishing::Running {
  std::string fingerprint;
  MirrorLine line;
};

Publishing::Publishing(const Clock& clock, const board::Board& board, std::string store,
                       std::string state_dir)
    : clock_(clock), board_(board), store_(std::move(store)), state_dir_(std::move(state_dir)) {}

Publishing::~Publishing() { stop(); }

void Publishing::start(CoreLoop& loop, const std::vector<config::MirrorEntry>& mirrors) {
  loop_ = &loop;
  adopt(mirrors);
}

std::unique_ptr<Publishing::Running> Publishing::made(const config::MirrorEntry& entry) const {
  const auto random = std::make_shared<std::mt19937_64>(std::random_device{}());
  MirrorLine::World world{clock_, [random] { return (*random)(); },
                          [loop = loop_, about = "mirror " + entry.id](const std::string& what) {
                            loop->post([about, what](Core& core) {
                              what.empty() ? core.trouble_over(about)
                                           : core.report_trouble(about, what);
                            });
                          }};
  return std::unique_ptr<Running>(
      new Running{fingerprint(entry),
                  {make_mirror(entry, state_dir_, clock_), entry.every,
                   sites(store_, board_, entry.every), std::move(world)}});
}

void Publishing::adopt(const std::vector<config::MirrorEntry>& mirrors) {
  std::map<std::string, std::unique_ptr<Running>> before;
  {
    const std::lock_guard lock(mutex_);
    before.swap(running_);
  }
  std::map<std::string, std::unique_ptr<Running>> now;
  for (const config::MirrorEntry& entry : mirrors) {
    auto& old = before[entry.id];
    const bool same = old != nullptr && old->fingerprint == fingerprint(entry);
    if (!same) old.reset();  // ended before another begins on the same files
    now[entry.id] = same ? std::move(old) : made(entry);
  }
  before.clear();
  const std::lock_guard lock(mutex_);
  running_ = std::move(now);
  for (const auto& [id, one] : running_) {
    if (newest_) one->line.show(newest_);
  }
}

void Publishing::show(const SnapshotPtr& snapshot) {
  const std::lock_guard lock(mutex_);
  newest_ = snapshot;
  for (const auto& [id, one] : running_) one->line.show(snapshot);
}

std::map<std::string, double> Publishing::figures() const {
  const std::lock_guard lock(mutex_);
  if (running_.empty()) return {};
  std::map<std::string, double> sums{{"mirrors_not_whole", 0}};
  for (const auto& [id, one] : running_) {
    const MirrorFigures told = one->line.figures();
    sums["mirror_files_total"] += static_cast<double>(told.carried.files);
    sums["mirror_bytes_total"] += static_cast<double>(told.carried.bytes);
    sums["mirror_failures_total"] += static_cast<double>(told.failures);
    sums["mirrors_not_whole"] += told.as_of ? 0 : 1;
    if (!told.as_of) continue;
    const std::chrono::duration<double> age = clock_.now() - *told.as_of;
    sums["mirror_age_seconds"] = std::max(sums["mirror_age_seconds"], age.count());
  }
  return sums;
}

void Publishing::stop() {
  std::map<std::string, std::unique_ptr<Running>> all;
  {
    const std::lock_guard lock(mutex_);
    all.swap(running_);
  }
  all.clear();  // waits for their threads, which may ask nothing of us
}

}  // namespace signalbox::app
