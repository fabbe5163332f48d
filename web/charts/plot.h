// Lines over time: steps, since each value stands for a stretch, with gaps where nothing is known.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"
#include "web/charts/series.h"
#include "web/charts/svg.h"
#include "web/documents/language.h"

namespace signalbox::web::charts {

/// The plane all plots are drawn on, in its own units; stretched to the figure's size.
inline constexpr long kWide = 2000;
inline constexpr long kHigh = 500;
/// Closes a path's `d` and the path. A stretched drawing keeps the width of its lines; said here,
/// because CSS has no such property by W3C's checker.
inline constexpr std::string_view kEndOfPath = "\" vector-effect=\"non-scaling-stroke\"/>";

/// Where a point stands between the bottom (0) and the top (1) of the plot; none: a gap.
using Height = std::function<std::optional<double>(const Point&)>;

/// The path of a step line. Steps that touch are joined, gaps never.
std::string step_line(const Series& series, const Height& height);
/// The path of the areas between that line and the top.
std::string area_above(const Series& series, const Height& height);
/// Lines across at the top, middle and bottom, and down at each quarter.
std::string grid();

/// A chart with the words around it. Labels go from the top to the bottom and from left to right,
/// evenly spaced.
struct Chart {
  Svg svg;
  std::string caption;
  std::vector<std::string> heights;
};

/// What a chart is told beside the numbers.
struct Told {
  std::string name;    ///< of the service
  std::string window;  ///< "24 hours"
  const Zone& zone;    ///< outlives the call
  bool counts = true;  ///< false: shares only
  const Language& language = english();
};

/// When the quarters of the window were: five labels, times of day for up to two days, else dates.
std::vector<std::string> time_labels(const Series& series, const Told& told);
/// What a screen reader calls it: "Availability of API, last 24 hours".
std::string chart_title(const Told& told, std::string_view what);

/// Share of good requests (or tries) over time; the area above the line is what failed. The scale
/// starts at the highest of a few fixed shares that leaves everything in sight, and is told.
Chart availability_chart(const Series& series, const Told& told);
/// p50, p95 and p99 over time, from zero.
Chart latency_chart(const Series& series, const Told& told);

}  // namespace signalbox::web::charts
