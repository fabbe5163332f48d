// A reading of requests, as slim as a verdict needs it: an hour of them is held for each service.
#pragma once

#include <cstdint>
#include <deque>
#include <ranges>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/reading.h"

namespace signalbox::availability {

/// A stretch of time, [from, until), whose readings count for nothing.
struct Quiet {
  Time from{};
  Time until{};

  bool operator==(const Quiet&) const = default;
};

/// What a window sums. Quiet ones are held, because quiet times may move, and count for nothing.
struct SlimReading {
  Time instant{};
  double good = 0;
  double total = 0;
  std::uint32_t source = 0;  ///< its place among the names that SlimReadings holds
  bool quiet = false;
};
static_assert(sizeof(SlimReading) <= 32);

/// Readings that follow each other, oldest first. Those who hold them outlive it.
using Past = std::ranges::subrange<std::deque<SlimReading>::const_iterator>;

/// The requests of one service, by instant; at most kMost, of which the oldest go first. What
/// adding a newest one and dropping the oldest ones costs does not grow with how many are held.
class SlimReadings {
 public:
  static constexpr std::size_t kMost = 8192;
  /// In so many calls keep_within() looks at the oldest once.
  static constexpr unsigned kDropEvery = 64;

  /// Puts the reading where its instant belongs, in the place of the one of its source and instant.
  void put(const Reading& reading, bool quiet);
  /// Drops what is after `until`, and now and then what is before `from`, many at once: those are
  /// the coldest memory of all.
  void keep_within(Time from, Time until);
  /// Says anew which are quiet.
  void mark(const std::vector<Quiet>& times);

  bool empty() const { return held_.empty(); }
  Time newest() const { return held_.back().instant; }
  Past all() const { return {held_.begin(), held_.end()}; }

 private:
  std::uint32_t source(const std::string& name);

  std::deque<SlimReading> held_;
  unsigned until_drop_ = 1;  // calls of keep_within()
  std::vector<std::string> sources_;
};

/// Whether `instant` is in one of `times`.
bool within(const std::vector<Quiet>& times, Time instant);

}  // namespace signalbox::availability
