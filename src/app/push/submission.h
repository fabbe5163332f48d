// What scripts push, read: Statuspage's metric points, and readings of our own form.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/reading.h"

namespace signalbox::app {

/// One value of one metric.
struct Point {
  std::string metric;
  Time at{};
  double value = 0;
};

/// All points of one POST.
struct Submission {
  std::vector<Point> points;
  bool several = false;  ///< to `…/metrics/data`, for several metrics at once
};

/// Where metrics are submitted: the metric's id, "" for several; nothing for another path.
std::optional<std::string> metric_in(std::string_view path);

/// Reads the body of a submission to `metric` ("": several): `{"data": {"timestamp": …, "value":
/// …}}`, a list of such points, for several metrics `{"data": {"ID": …}}`; or the form
/// `data[timestamp]=…&data[value]=…`. Invalid, in one line, for anything else, for times more than
/// a minute ahead or 400 days ago, and for numbers that are none.
Result<Submission> read_submission(std::string_view metric, std::string_view content_type,
                                   std::string_view body, Time now);

/// Reads `{"source", "service", "at", "good", "total"}`, or a list of those. Same refusals, and
/// counts that are negative or more good than all.
Result<std::vector<Reading>> read_readings(std::string_view body, Time now);

}  // namespace signalbox::app
