// How long requests took, over time.
#include <algorithm>

#include "web/charts/plot.h"
#include "web/charts/words.h"
#include "web/documents/say.h"
#include "web/documents/times.h"

namespace signalbox::web::charts {
namespace {

/// The least of 1, 2, 5, 10, 20, … ms that leaves everything in sight.
Duration top_for(const Series& series) {
  Duration longest(1);
  for (const Point& point : series.points) {
    if (point.took) longest = std::max(longest, point.took->p99);
  }
  for (Duration top(1);; top *= 10) {
    for (const int times : {1, 2, 5}) {
      if (top * times >= longest) return top * times;
    }
  }
}

std::string half_text(const Language& language, Duration top) {
  if (top > Duration(1)) return took_text(language, top / 2);
  return say(language, "length.ms", {{"n", figure_text(language, "0.5")}});
}

std::string description(const Series& series, const Language& language) {
  if (!series.took) return language.text("chart.no_latency");
  return say(language, "chart.quantiles",
             {{"p50", took_text(language, series.took->p50)},
              {"p95", took_text(language, series.took->p95)},
              {"p99", took_text(language, series.took->p99)}});
}

std::string line(const Series& series, std::string_view name, Duration top,
                 Duration Quantiles::*which) {
  const Height height = [top, which](const Point& point) -> std::optional<double> {
    if (!point.took) return std::nullopt;
    const Duration took = (*point.took).*which;
    return static_cast<double>(took.count()) / static_cast<double>(top.count());
  };
  const std::string path = step_line(series, height);
  return "<path class=\"" + std::string(name) + "\" d=\"" + path + std::string(kEndOfPath);
}

}  // namespace

Chart latency_chart(const Series& series, const Told& told) {
  const Duration top = top_for(series);
  std::string content = grid();
  content += line(series, "p99", top, &Quantiles::p99);
  content += line(series, "p95", top, &Quantiles::p95);
  content += line(series, "p50", top, &Quantiles::p50);
  const std::string title = chart_title(told, told.language.text("chart.latency"));
  Chart chart;
  chart.svg = drawing("plot", "0 0 2000 500", title, description(series, told.language), content);
  chart.caption = description(series, told.language);
  chart.heights = {took_text(told.language, top), half_text(told.language, top),
                   took_text(told.language, Duration(0))};
  return chart;
}

}  // namespace signalbox::web::charts
