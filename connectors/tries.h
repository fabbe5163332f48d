// How the tries of one poll add up to what the poll found: trying again, and confirming a failure
// by k of n tries.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "model/state.h"

namespace signalbox::connectors {

/// What an answer says of a service: UP, ISSUE, DOWN; UNKNOWN while that is still pending.
struct Grade {
  State state = State::unknown;
  std::string why = {};  ///< one line without address or secret: "status 503"
};

/// What one try found.
struct Found {
  Grade grade;
  /// The failure may be trouble of our own, which grade.why tells in full for staff: no evidence.
  bool ours = false;
  std::optional<Duration> took = {};  ///< none: there was no answer
  std::vector<Notice> notices = {};   ///< for staff, beside the grade
};

/// The setting `tries: {of, confirm, apart}`: a try that fails is made again `apart` later, up to
/// `of` in all; `confirm` of them must fail for the poll to.
struct TryRules {
  int of = 1;
  int confirm = 1;
  Duration apart{std::chrono::seconds(5)};
};

/// Reads them; refuses what could take so long that the check's own readings went stale.
TryRules try_rules(const SourceSetup& setup, Duration timeout);

/// What the poll found, by its tries so far, oldest first; nullopt: one more is to be made. A first
/// try that is good or pending is taken at its word. DOWN needs `confirm` tries that were DOWN,
/// else ISSUE as many that were not UP. Trouble of our own confirms nothing.
std::optional<Found> settled(std::span<const Found> tries, const TryRules& rules);

}  // namespace signalbox::connectors
