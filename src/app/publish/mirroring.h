// Keeps one mirror up to date with the newest snapshot, step by step.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/publish/urgent.h"
#include "model/snapshot.h"
#include "publish/copyist.h"

namespace signalbox::app {

/// Makes what is to be mirrored from a snapshot.
using ContentOf = std::function<std::unique_ptr<publish::Content>(const SnapshotPtr&)>;

/// One mirror. A change that readers see is written at once, with what it is seen in; everything,
/// figures too, is walked through every `every`, in lots between which a change goes first, and at
/// once when another page is to show another part: older incidents are then looked at too. Until a
/// mirror was whole once, it is walked through before a change is: a page then never refers to what
/// is not there. Snapshots are not queued: the newest one counts. One thread.
class Mirroring {
 public:
  /// All outlive it.
  Mirroring(publish::Mirror& mirror, Duration every, ContentOf content_of, const Clock& clock);

  /// Does some of what is to be done, and gives how long there is nothing more to do, unless a
  /// newer snapshot comes. After an error the same is tried by the next call.
  Result<Duration> step(const SnapshotPtr& newest);
  /// What is there may be something else than was thought.
  void doubt();

  /// As of when the mirror is; none before it was whole.
  std::optional<Time> as_of() const { return as_of_; }
  const publish::Carried& carried() const { return copyist_.carried(); }

  /// Files of one step of a walk.
  static constexpr std::size_t kNamesAStep = 64;

 private:
  void start_over();
  bool owes(const SnapshotPtr& newest);
  Status write_urgent(const SnapshotPtr& newest);
  void begin_walk(const SnapshotPtr& newest);
  Status walk_on();
  Status finish(publish::Content& content, const Snapshot& of, bool whole);

  publish::Copyist copyist_;
  Duration every_;
  ContentOf content_of_;
  const Clock& clock_;
  std::unique_ptr<publish::Content> content_;  // what is walked through
  SnapshotPtr shown_;                          // of which it is
  SnapshotPtr compared_;                       // changes up to it are written, owed, or of the walk
  Touched owed_;                               // what a change touched and is not yet written whole
  std::vector<std::string> walk_;              // all names, while walking
  std::size_t walked_ = 0;                     // how many of them
  std::optional<SteadyTime> due_;              // when to walk again
  std::optional<Time> as_of_;
};

}  // namespace signalbox::app
