// How large a share of the requests were good, over time.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "web/charts/plot.h"
#include "web/charts/words.h"

namespace signalbox::web::charts {
namespace {

constexpr std::array<double, 7> kFloors = {0.999, 0.99, 0.95, 0.9, 0.8, 0.5, 0};

bool counted(const Point& point) { return point.sums.total > 0; }
double share(const Point& point) { return point.sums.good / point.sums.total; }

const Point* lowest(const Series& series) {
  const Point* lowest = nullptr;
  for (const Point& point : series.points) {
    if (counted(point) && (lowest == nullptr || share(point) < share(*lowest))) lowest = &point;
  }
  return lowest;
}

double floor_for(const Point* lowest) {
  if (lowest == nullptr) return 0;
  const auto fits = [&](double floor) { return share(*lowest) >= floor; };
  return *std::ranges::find_if(kFloors, fits);
}

std::string of_what(const Series& series, const Told& told) {
  const std::string what = series.tries ? "tries of checks" : "requests";
  if (!told.counts) return what;
  return with_commas(std::llround(series.sums.total)) + " " + what;
}

/// How many steps of the window nothing was measured in.
std::string gap_text(const Series& series) {
  Duration covered{};
  for (const Point& point : series.points) {
    if (counted(point)) covered += point.span;
  }
  const auto missing = (series.to - series.from - covered) / series.step;
  if (missing <= 0) return "";
  const auto all = (series.to - series.from) / series.step;
  return " Nothing was measured in " + std::to_string(missing) + " of " + std::to_string(all) +
         " steps.";
}

std::string description(const Series& series, const Told& told, const Point* lowest) {
  if (lowest == nullptr) return "Nothing was measured.";
  return share_text(series.sums) + " of " + of_what(series, told) + " were good. The lowest was " +
         share_text(lowest->sums) + ", from " + short_date(told.zone, lowest->from) + " " +
         clock(told.zone, lowest->from) + "." + gap_text(series);
}

}  // namespace

Chart availability_chart(const Series& series, const Told& told) {
  const Point* low = lowest(series);
  const double floor = floor_for(low);
  const Height height = [floor](const Point& point) -> std::optional<double> {
    if (!counted(point)) return std::nullopt;
    return (share(point) - floor) / (1 - floor);
  };
  std::string content = grid();
  content += "<path class=\"lost\" d=\"" + area_above(series, height) + std::string(kEndOfPath);
  content += "<path class=\"line\" d=\"" + step_line(series, height) + std::string(kEndOfPath);
  const std::string title = "Availability of " + told.name + ", last " + told.window;
  Chart chart;
  chart.svg = drawing("plot", "0 0 2000 500", title, description(series, told, low), content);
  chart.caption = description(series, told, low);
  if (floor > 0) chart.caption += " The scale starts at " + scale_text(floor) + ".";
  chart.heights = {scale_text(1), scale_text((1 + floor) / 2), scale_text(floor)};
  return chart;
}

}  // namespace signalbox::web::charts
