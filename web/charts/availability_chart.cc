// How large a share of the requests were good, over time.
#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "web/charts/plot.h"
#include "web/charts/words.h"
#include "web/documents/say.h"

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

/// "97.3 % of 12,400 requests".
std::string share_of(const Series& series, const Told& told) {
  const char* key = series.tries ? "share.check_tries" : "share.requests";
  const std::string share = share_text(told.language, series.sums);
  if (!told.counts) return say(told.language, key, {{"share", share}});
  return say_count(told.language, key, std::llround(series.sums.total), {{"share", share}});
}

/// How many steps of the window nothing was measured in.
std::string gap_text(const Series& series, const Language& language) {
  Duration covered{};
  for (const Point& point : series.points) {
    if (counted(point)) covered += point.span;
  }
  const auto missing = (series.to - series.from - covered) / series.step;
  if (missing <= 0) return "";
  const auto all = (series.to - series.from) / series.step;
  return " " +
         say(language, "chart.gaps",
             {{"missing", number_text(language, missing)}, {"all", number_text(language, all)}});
}

std::string description(const Series& series, const Told& told, const Point* lowest) {
  if (lowest == nullptr) return told.language.text("chart.none");
  return say(told.language, "chart.good",
             {{"share", share_of(series, told)},
              {"lowest", share_text(told.language, lowest->sums)},
              {"date", short_date(told.language, told.zone, lowest->from)},
              {"clock", clock(told.zone, lowest->from)}}) +
         gap_text(series, told.language);
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
  const std::string title = chart_title(told, told.language.text("chart.availability"));
  Chart chart;
  chart.svg = drawing("plot", "0 0 2000 500", title, description(series, told, low), content);
  chart.caption = description(series, told, low);
  if (floor > 0)
    chart.caption +=
        " " + say(told.language, "chart.scale", {{"floor", scale_text(told.language, floor)}});
  chart.heights = {scale_text(told.language, 1), scale_text(told.language, (1 + floor) / 2),
                   scale_text(told.language, floor)};
  return chart;
}

}  // namespace signalbox::web::charts
