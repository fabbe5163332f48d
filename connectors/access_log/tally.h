// Which requests of an access log were served, which were not, and which say nothing.
#pragma once

#include <array>
#include <cstddef>

#include "base/time.h"
#include "connectors/access_log/line.h"

namespace signalbox::connectors::access_log {

/// What a request says of its service.
enum class Outcome {
  served,    ///< good and total
  bad,       ///< total only
  left_out,  ///< neither: the caller went away before anything could be said
};

/// Below 500 is served, 500 and more bad, slower than `slow_after` bad. 499 and 408 (the caller
/// gave up) are bad when slower than that or without a time, else left out.
inline Outcome outcome(const Line& line, Duration slow_after) {
  const bool slow = line.request_time && *line.request_time > slow_after;
  if (line.status == 499 || line.status == 408) {
    return slow || !line.request_time ? Outcome::bad : Outcome::left_out;
  }
  return slow || line.status >= 500 ? Outcome::bad : Outcome::served;
}

/// Counts of requests.
struct Tally {
  double good = 0;
  double total = 0;
  double left_out = 0;
  std::array<double, 6> families{};  ///< [2] counts 200 to 299; requests left out too

  void add(const Line& line, Outcome outcome);
  Tally& operator+=(const Tally& other);
};

inline void Tally::add(const Line& line, Outcome outcome) {
  families[static_cast<std::size_t>(line.status / 100)] += 1;
  switch (outcome) {
    case Outcome::served:
      good += 1;
      break;
    case Outcome::bad:
      break;
    case Outcome::left_out:
      left_out += 1;
      return;
  }
  total += 1;
}

}  // namespace signalbox::connectors::access_log
