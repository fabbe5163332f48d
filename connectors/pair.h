// The two queries an operator writes for a service: how many requests there were, and how many of
// them were good, or bad.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/measuring.h"

namespace signalbox::connectors {

/// What is asked about one service.
struct Pair {
  std::string service;
  std::string total;
  std::string part;  ///< good, or bad
  bool part_is_bad = false;
  bool counters = false;           ///< raw counters: what they grew by is ours to find
  bool bad_may_be_absent = false;  ///< no bad beside a total is 0, also when it was never seen
};

/// Whether a kind of source can read raw counters.
enum class Counters { none, readable };

/// The pair in a service's settings: `total` with `good` or `bad`; or, where counters are readable,
/// `total_counter` with `good_counter` or `bad_counter`. `$every` in them is the interval. Nullopt
/// when they are not whole: the mistake is noted in the settings.
std::optional<Pair> read_pair(const Question& question, Duration every, Counters counters);
/// The whole pairs of all services.
std::vector<Pair> read_pairs(const SourceSetup& setup, Counters counters);

/// What `pair` counted, judged like judge_counts(). Bad beside a total counts as 0 once it was seen
/// (or may be absent): a misspelt query must not look like health. `hint` ends the complaint about
/// a missing total.
Judged judge_pair(const Pair& pair, std::optional<double> part, std::optional<double> total,
                  bool part_seen, Duration every, std::string_view hint);

}  // namespace signalbox::connectors
