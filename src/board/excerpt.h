// The board as one page shows it: some of the services, and of everything else what is theirs.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "board/veil.h"
#include "model/snapshot.h"

namespace signalbox::board {

/// The incidents as one page shows them, from one snapshot to the next: each is cut once, until it
/// or what the page may name changes. For one thread.
class Cuttings {
 public:
  /// Forgets all when the page may name other things than last time.
  void begin(const std::string& names);
  /// What was cut of `whole`; null when it was not yet.
  const IncidentPtr* find(const IncidentPtr& whole);
  /// `cut` may be null: nothing of it is the page's.
  void keep(const IncidentPtr& whole, const IncidentPtr& cut) { next_[whole.get()] = {whole, cut}; }
  /// Forgets what was not asked for since begin().
  void end() { kept_ = std::exchange(next_, {}); }

 private:
  using Kept = std::unordered_map<const Incident*, std::pair<IncidentPtr, IncidentPtr>>;

  std::string names_;
  Kept kept_, next_;
};

/// What one page may tell of a board. What touches none of its services is not there; what also
/// touches others is told as if it touched its own alone: under their names, without the updates
/// that are about others only, in the phase those that stay put it in, resolved when the last of
/// its own was UP. In all words the names and ids of other services read "another service" (Veil).
/// Ids stay what they are.
class Excerpt {
 public:
  /// `whole` outlives it; `own`: ids of the page's services.
  Excerpt(const Snapshot& whole, const std::vector<std::string>& own);

  /// The board of the page whose facts these are, in the order of the whole one. Incidents that
  /// need no cutting are shared with it.
  Snapshot snapshot(PageFacts page, Cuttings& cuttings) const;
  /// An incident of the archive; none when it touches nothing of the page's.
  std::optional<Incident> incident(const Incident& whole) const;

 private:
  using Names = std::vector<std::string>;

  bool is_own(std::string_view id) const { return own_.contains(id); }
  /// Whether it is, or may be, about one of the page's services.
  bool is_about_own(const Update& update) const;
  /// Whether the first of them named services of others: the name that was made of it counts them.
  bool opened_with_others(const std::vector<Update>& updates) const;
  Names hidden() const;
  Names kept() const;
  Incident cut(const Incident& whole) const;
  std::optional<Update> cut(const Update& whole) const;
  Incident veiled(const Incident& whole) const;
  std::string named(const Names& services, std::string_view text) const;
  std::string named(const Incident& incident) const;
  IncidentPtr shown(const IncidentPtr& whole) const;
  void add_services(Snapshot& to) const;
  void add_incidents(Snapshot& to, Cuttings& cuttings) const;
  void add_notices(Snapshot& to) const;
  void add_maintenances(Snapshot& to) const;

  const Snapshot& whole_;
  std::map<std::string, std::string, std::less<>> own_;  // id to name
  Veil veil_;
};

}  // namespace signalbox::board
