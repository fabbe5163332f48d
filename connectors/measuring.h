// What all sources of requests share: the instants that readings belong to, and which pairs of
// numbers are evidence at all (rules, section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "connectors/connector.h"

namespace signalbox::connectors {

/// The multiples of `every` after `last` up to `now`, oldest first: at most an hour of them, and at
/// most `most` (the oldest; the rest is for the next poll). Without a `last`, or with one from a
/// future that a set clock took back, only the newest.
std::vector<Time> instants_due(std::optional<Time> last, Time now, Duration every,
                               std::size_t most = 120);

/// `query` with every `$every` as the interval in seconds: "60s" ("1500ms" when it is no whole
/// second).
std::string with_every(std::string query, Duration every);

/// A pair of numbers judged. Without counts and without a complaint, there is nothing to say yet.
struct Judged {
  struct Counts {
    double good = 0;
    double total = 0;
  };
  std::optional<Counts> counts;
  std::string complaint;  ///< for staff, after the service's name
};

/// Sums of the same numbers in another order differ by this share at most.
inline constexpr double kRounding = 1e-9;

/// No total: no reading, and a complaint that ends in `hint`. No good beside a total: 0 once good
/// had been seen, else no reading. NaN, infinite, negative, more good than total (but for a
/// rounding's worth): no reading.
Judged judge_counts(std::optional<double> good, std::optional<double> total, bool good_seen,
                    Duration every, std::string_view hint = "check the query");

/// Adds `complaint` of a service unless it is empty or there already.
void complain(Measured& measured, const std::string& source, const std::string& service,
              const std::string& complaint);

}  // namespace signalbox::connectors
