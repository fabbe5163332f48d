#include "app/publish/mirroring.h"

#include <algorithm>
#include <span>
#include <utility>

#include "app/publish/urgent.h"

namespace signalbox::app {

Mirroring::Mirroring(publish::Mirror& mirror, Duration every, ContentOf content_of,
                     const Clock& clock)
    : copyist_(mirror), every_(every), content_of_(std::move(content_of)), clock_(clock) {}

Result<Duration> Mirroring::step(const SnapshotPtr& newest) {
  if (const Status known = copyist_.open(); !known) return known.error();
  if (compared_ && compared_->page.parts != newest->page.parts) start_over();
  Status done;
  if (copyist_.whole() && owes(newest)) {
    done = write_urgent(newest);
  } else if (!walk_.empty()) {
    done = walk_on();
  } else if (!due_ || !copyist_.whole() || clock_.steady() >= *due_) {
    begin_walk(newest);
  } else {
    return *due_ - clock_.steady();
  }
  return done ? Result<Duration>(Duration{}) : done.error();
}

void Mirroring::doubt() {
  copyist_.doubt();
  walk_.clear();
  due_.reset();
}

void Mirroring::start_over() {
  copyist_.look_again();
  walk_.clear();
  due_.reset();
  owed_.any = true;  // what is to be told no more does not wait for the walk
}

bool Mirroring::owes(const SnapshotPtr& newest) {
  if (compared_ && newest != compared_) {
    Touched since = touched(*compared_, *newest);
    owed_.any = owed_.any || since.any;
    owed_.ids.merge(since.ids);
    compared_ = newest;
  }
  return owed_.any;
}

Status Mirroring::write_urgent(const SnapshotPtr& newest) {
  auto content = content_of_(newest);
  const auto names = urgent(content->names(), owed_);
  if (const Status done = copyist_.bring(*content, names); !done) return done;
  if (const Status done = finish(*content, *newest, false); !done) return done;
  content_ = std::move(content);
  shown_ = newest;
  owed_ = {};
  return {};
}

void Mirroring::begin_walk(const SnapshotPtr& newest) {
  content_ = content_of_(newest);
  shown_ = compared_ = newest;
  owed_ = {};
  walk_ = content_->names();
  walked_ = 0;
}

Status Mirroring::walk_on() {
  const std::span<const std::string> all(walk_);
  const auto some = all.subspan(walked_, std::min(kNamesAStep, all.size() - walked_));
  if (const Status done = copyist_.bring(*content_, some); !done) return done;
  walked_ += some.size();
  if (walked_ < walk_.size()) return {};
  if (const Status done = finish(*content_, *shown_, true); !done) return done;
  walk_.clear();
  due_ = clock_.steady() + every_;
  return {};
}

Status Mirroring::finish(publish::Content& content, const Snapshot& of, bool whole) {
  if (const Status cleared = copyist_.clear(content); !cleared) return cleared;
  if (const Status done = copyist_.finish(content, whole); !done) return done;
  as_of_ = of.as_of;
  return {};
}

}  // namespace signalbox::app
