// What scripts pushed to be drawn, over a window, as a line from step to step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/drawn.h"
#include "web/charts/plot.h"

namespace signalbox::web::charts {

/// The stretches of one metric in [from, to), oldest first; what is missing is a gap.
struct Values {
  Time from{}, to{};
  Duration step{};
  std::vector<DrawnStretch> stretches;
};

/// `number` to four digits, whole ones in full ("12,400"), with its unit ("120.5 ms", "99.5%").
std::string value_text(const Language& language, double number, std::string_view unit);
/// As a series whose sums are the sum of a step's values and how many there are: their quotient is
/// the mean.
Series series_of(const Values& values);
/// The means over time. The scale holds all of them and is told: it begins at 0, lower for negative
/// ones; a percentage's ends at 100, and begins at 90 or 99 where that leaves everything in sight.
Chart value_chart(const Values& values, const DrawnMetric& metric, const Told& told);

}  // namespace signalbox::web::charts
