#include "web/charts/values.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "web/charts/words.h"
#include "web/documents/say.h"

namespace signalbox::web::charts {
namespace {

struct Scale {
  double bottom = 0;
  double top = 1;
};

/// The least of 1, 2, 5, 10, 20, … (and 0.5, 0.2, …) that is not below `number`; 0 for 0.
double rounded_up(double number) {
  if (number <= 0) return 0;
  const double power = std::pow(10.0, std::floor(std::log10(number)));
  for (const double times : {1.0, 2.0, 5.0}) {
    if (power * times >= number) return power * times;
  }
  return power * 10;
}

Scale scale_for(const Values& values, bool percent) {
  double lowest = values.stretches.front().mean();
  double highest = lowest;
  for (const DrawnStretch& stretch : values.stretches) {
    lowest = std::min(lowest, stretch.mean());
    highest = std::max(highest, stretch.mean());
  }
  if (percent && lowest >= 0 && highest <= 100) {
    for (const double floor : {99.0, 90.0}) {
      if (lowest >= floor) return {floor, 100};
    }
    return {0, 100};
  }
  const Scale scale{lowest < 0 ? -rounded_up(-lowest) : 0, rounded_up(highest)};
  return scale.bottom < scale.top ? scale : Scale{};
}

/// "Mean 120.5 ms, lowest 12 ms, highest 900 ms, of what was pushed. Nothing was pushed in 3 of 96
/// steps."
std::string description(const Values& values, const std::string& unit, const Language& language) {
  DrawnStretch all = values.stretches.front();
  for (auto next = values.stretches.begin() + 1; next != values.stretches.end(); ++next) {
    all.count += next->count;
    all.sum += next->sum;
    all.least = std::min(all.least, next->least);
    all.most = std::max(all.most, next->most);
  }
  const auto steps = (values.to - values.from) / values.step;
  const auto missing = steps - static_cast<Duration::rep>(values.stretches.size());
  const std::string gaps = missing <= 0 ? ""
                                        : " " + say(language, "chart.values_gaps",
                                                    {{"missing", number_text(language, missing)},
                                                     {"all", number_text(language, steps)}});
  return say(language, "chart.values",
             {{"mean", value_text(language, all.mean(), unit)},
              {"least", value_text(language, all.least, unit)},
              {"most", value_text(language, all.most, unit)}}) +
         gaps;
}

}  // namespace

std::string value_text(const Language& language, double number, std::string_view unit) {
  std::string text;
  if (std::abs(number) >= 1000 && std::abs(number) <= DrawnPoint::kMost) {
    text = (number < 0 ? "-" : "") + number_text(language, std::llround(std::abs(number)));
  } else {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                   std::chars_format::general, 4);
    text = figure_text(language, {digits.data(), end.ptr});
  }
  const bool apart = !unit.empty() && unit != "%";
  return text + (apart ? " " : "") + std::string(unit);
}

Series series_of(const Values& values) {
  Series series{values.from, values.to, values.step, false, {}, {}, {}};
  for (const DrawnStretch& stretch : values.stretches) {
    const Sums sums{stretch.sum, static_cast<double>(stretch.count)};
    series.points.push_back({stretch.from, stretch.span, sums, {}});
  }
  return series;
}

Chart value_chart(const Values& values, const DrawnMetric& metric, const Told& told) {
  Chart chart;
  if (values.stretches.empty()) return chart;
  const Scale scale = scale_for(values, metric.percent);
  const double high = scale.top - scale.bottom;
  const Height height = [&](const Point& point) -> std::optional<double> {
    return (point.sums.good / point.sums.total - scale.bottom) / high;
  };
  const std::string line = step_line(series_of(values), height);
  const std::string content = grid() + "<path class=\"line\" d=\"" + line + std::string(kEndOfPath);
  const std::string title = chart_title(told, isolated(told.language, metric.name));
  chart.caption = description(values, metric.unit, told.language);
  chart.svg = drawing("plot", "0 0 2000 500", title, chart.caption, content);
  chart.heights = {value_text(told.language, scale.top, metric.unit),
                   value_text(told.language, scale.bottom + high / 2, metric.unit),
                   value_text(told.language, scale.bottom, metric.unit)};
  return chart;
}

}  // namespace signalbox::web::charts
