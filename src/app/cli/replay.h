// The past through the whole line: what the thresholds of a configuration would have found in
// readings, and what would have been announced, when.
#pragma once

#include <string>
#include <vector>

#include "app/core/plan.h"
#include "base/result.h"
#include "connectors/access_log/series.h"
#include "model/announcement.h"
#include "model/reading.h"

namespace signalbox::app {

/// What one source counted of one service, by interval.
struct Track {
  std::string source;
  std::string service;
  const connectors::access_log::Series& intervals;  ///< outlive the track
};

/// What is measured of a service changed.
struct Change {
  Time at{};
  std::string service;
  State from = State::unknown;
  State to = State::unknown;
  double good = 0;  ///< what it was judged by
  double total = 0;
};

/// An announcement as an account with room for 500 characters would have got it.
struct Told {
  Time at{};
  std::string text;
  Audience audience = Audience::followers;
};

struct Replayed {
  std::vector<Change> changes;
  std::vector<Told> announcements;
};

/// Hands the tracks to a core of its own, each interval at its end, with a clock that jumps from
/// one thing that is due to the next. As with a running source, an interval without requests
/// between others is a reading of none; silences of hours are stepped over once they say nothing
/// new. Staff says nothing, and after the last interval only announcements under way are waited
/// for. Calm stretches are leapt over (app/cli/calm.h); with `leap` false, the same is found step
/// by step.
Result<Replayed> replay(Plan plan, const std::vector<Track>& tracks, bool leap = true);

}  // namespace signalbox::app
