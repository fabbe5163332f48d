// How long requests took, over time.
#include <algorithm>

#include "web/charts/plot.h"
#include "web/charts/words.h"

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

std::string half_text(Duration top) { return top == Duration(1) ? "0.5 ms" : took_text(top / 2); }

std::string quantiles_text(const Quantiles& took) {
  return "p50 " + took_text(took.p50) + ", p95 " + took_text(took.p95) + ", p99 " +
         took_text(took.p99);
}

std::string description(const Series& series) {
  if (!series.took) return "No response times are known.";
  return "Over the whole window " + quantiles_text(*series.took) +
         ", each ± 2 % (or half a millisecond).";
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
  const std::string title = "Response time of " + told.name + ", last " + told.window;
  Chart chart;
  chart.svg = drawing("plot", "0 0 2000 500", title, description(series), content);
  chart.caption = description(series);
  chart.heights = {took_text(top), half_text(top), "0 ms"};
  return chart;
}

}  // namespace signalbox::web::charts
