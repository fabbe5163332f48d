// Makes the snapshot everybody reads, and holds the newest one.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/book.h"
#include "model/own_trouble.h"
#include "model/snapshot.h"

namespace signalbox::board {

/// The incidents as the snapshots share them: one copy of each until it changes. For one thread.
class Shelf {
 public:
  /// The incident may have changed: it is copied anew when next asked for.
  void changed(const std::string& id) { copies_.erase(id); }
  /// The copy of `incident`, the same one until changed().
  IncidentPtr share(const Incident& incident);
  /// Forgets all but these.
  void keep_only(const std::vector<IncidentPtr>& shown);

 private:
  std::unordered_map<std::string, IncidentPtr> copies_;
};

/// How long resolved incidents and past maintenances stay on the board.
inline constexpr Duration kShown = std::chrono::days(30);

/// What a snapshot is made of, beside the book.
struct Ingredients {
  PageFacts page;
  std::map<std::string, Standing> standings;  ///< by service id
  std::map<std::string, Sums> month;          ///< requests of the last 30 days, where measured
  std::map<std::string, std::vector<Rollup>> windows;  ///< as ServiceView has them
  std::map<std::string, std::shared_ptr<const std::vector<Rollup>>> days;
  std::map<std::string, std::vector<std::string>> sources;  ///< what measures each
  std::map<std::string, std::vector<DrawnMetric>> metrics;  ///< what is drawn of each
  std::vector<std::string> flapping;                        ///< service ids
  std::vector<OwnTrouble> banners;
  Duration past = kShown;  ///< how long resolved incidents stay; zero: the open ones only
};

/// The view: Snapshot = view(fold(ledger), rollups, now). Pure; `generation` is left 0, and the
/// page was created when the ledger began. A service
/// without a standing among the ingredients is shown as the book has it. A standing newer than the
/// book's last StandingChanged counts as since `now`. Cost: one copy of the incidents that `shelf`
/// does not hold; what is in the book under a shelved id must be what was shelved.
Snapshot view(const Book& book, const Ingredients& with, Time now, Shelf& shelf);
/// The same with an empty shelf.
Snapshot view(const Book& book, const Ingredients& with, Time now);

/// How much a state stands out to a reader: UP 0, MAINT 1, UNKNOWN 2, ISSUE 3, DOWN 4.
int rank(State state);
/// The worst of the board: DOWN, ISSUE, UNKNOWN, MAINT, UP, in this order; UNKNOWN without
/// services, as nothing speaks for UP.
State worst_of(const std::vector<ServiceView>& services);

/// From when on a service's figures count: its configured start, else when the ledger first knew of
/// it.
Time starts(const Service& service, const ServiceEntry& entry);

/// State-weighted uptime over the 90 days before `now`, nothing before `start` in it: 1 - (down +
/// 0.3 issue) / (up + issue + down) seconds (Statuspage's formula; UNKNOWN and MAINT are left out
/// of the total). Nullopt when the total is 0.
std::optional<double> uptime(const ServiceEntry& entry, Time now, Time start = Time{});

/// The newest snapshot. One writer publishes; any thread reads. Thread-safe.
class Board {
 public:
  /// Called on the publisher's thread after each publication.
  using Listener = std::function<void(const SnapshotPtr&)>;
  /// Numbers `next` and makes it the newest; gives what was there before (null at first).
  SnapshotPtr publish(Snapshot next);
  SnapshotPtr newest() const;
  /// Before the first publish.
  void listen(Listener listener);

 private:
  mutable std::mutex mutex_;
  SnapshotPtr newest_;
  std::uint64_t generation_ = 0;
  std::vector<Listener> listeners_;
};

}  // namespace signalbox::board
