// What everybody reads: the whole board at one moment, never changed once published.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "base/zone.h"
#include "model/drawn.h"
#include "model/incident.h"
#include "model/look.h"
#include "model/own_trouble.h"
#include "model/reading.h"
#include "model/rollup.h"
#include "model/rota.h"
#include "model/shared_incidents.h"
#include "model/standing.h"

namespace signalbox {

struct PageParts;  // model/page_part.h

/// The page's own facts, from the configuration.
struct PageFacts {
  std::string name = "Status";
  std::string url;  ///< without a trailing slash; "" when not configured
  Zone zone;
  Time created{};           ///< when the ledger began
  bool show_counts = true;  ///< false: shares only, traffic volume is nobody's business
  struct Follow {
    std::string network;
    std::string url;
    std::string name = {};  ///< what the account is called there: "@status"; "" when not known
    bool operator==(const Follow&) const = default;
  };
  std::vector<Follow> follow;  ///< where followers find the announcing accounts
  Rota on_call;                ///< whom the wall board names
  LookPtr look;                ///< null: as it looks by itself
  std::string slug = {};       ///< of a page beside the main one, which this then is
  bool restricted = false;     ///< shown only to whom it is opened
  /// Of the whole board: who shows what; null: the main page shows all, and there is no other.
  std::shared_ptr<const PageParts> parts = {};
  /// The page's own language, and staff's: what is said where a reader wants no other. A code of
  /// language_codes.h, as those in `languages`.
  std::string language = "en";
  std::vector<std::string> languages;  ///< offered beside its own; empty: all there are
};

/// One service on the board.
struct ServiceView {
  std::string id;
  std::string name;
  std::string group;  ///< "" when in none
  State state = State::up;
  Time since{};  ///< when this state began
  Standing standing;
  std::optional<Sums> month;  ///< requests of the last 30 days; none when nothing was measured
  /// The last 5 minutes, 24 hours, 7, 30 and 90 days: whole minutes, hours, and days (UTC), the
  /// running one included, none before `started`. Latencies and states are left empty: they are the
  /// archive's.
  std::vector<Rollup> windows;
  std::optional<double> uptime;  ///< 0…1, state-weighted, 90 days; none before anything is known
  /// The last 90 days (UTC), oldest first, today's last; days without anything measured or known
  /// are left out, and so are latencies. Null when there are none. Shared by the snapshots in which
  /// they are the same; the running day's sums may be a minute old.
  std::shared_ptr<const std::vector<Rollup>> days;
  bool flapping = false;
  Time started{};  ///< its configured start; without one, when we first knew of it
  std::vector<std::string> sources;  ///< what measures it: "access_log web"
  std::vector<DrawnMetric> metrics;  ///< pushed to be drawn; their points are the archive's
};

/// The board.
struct Snapshot {
  std::uint64_t generation = 0;  ///< grows with every publication
  std::uint64_t seq = 0;         ///< the last ledger event in it
  Time updated_at{};             ///< of the newest change it shows
  Time as_of{};                  ///< when it was made
  PageFacts page;
  std::vector<ServiceView> services;  ///< in the order of the configuration
  SharedIncidents incidents;          ///< open ones, and those of the last 30 days; newest first
  std::vector<Notice> notices;        ///< newest first
  std::vector<Maintenance>
      maintenances;  ///< upcoming, running, and those of the last 30 days; soonest first
  std::vector<OwnTrouble> banners;
  State worst = State::up;  ///< of all services: DOWN, ISSUE, UNKNOWN, MAINT, UP, in this order
};

using SnapshotPtr = std::shared_ptr<const Snapshot>;

}  // namespace signalbox
