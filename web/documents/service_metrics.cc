#include "web/documents/service_metrics.h"

#include <algorithm>

#include "base/text.h"
#include "web/charts/values.h"
#include "web/documents/say.h"
#include "web/documents/times.h"
#include "web/documents/windows.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

using charts::Values;

View text_list(const std::vector<std::string>& values) {
  ViewList list;
  for (const std::string& value : values) list.push_back(View("text", text_view(value)));
  return View(list);
}

/// Newest first.
View stretch_rows(const Edition& edition, const Values& values, const std::string& unit) {
  ViewList rows;
  rows.reserve(values.stretches.size());
  for (auto one = values.stretches.rbegin(); one != values.stretches.rend(); ++one) {
    View row;
    row["at"] = View(when(edition, one->from));
    row["length"] = View(exact_length(edition.language, one->span));
    row["mean"] = text_view(charts::value_text(edition.language, one->mean(), unit));
    row["least"] = text_view(charts::value_text(edition.language, one->least, unit));
    row["most"] = text_view(charts::value_text(edition.language, one->most, unit));
    row["count"] = View(number_text(edition.language, static_cast<long long>(one->count)));
    rows.push_back(std::move(row));
  }
  return View(rows);
}

View drawn_window(const Edition& edition, const ServiceView& service, const DrawnMetric& metric,
                  const char* window, const std::optional<Values>& values) {
  View view;
  view["window"] = View(window_name(edition, window));
  view["last"] = View(last_window(edition, window));
  const bool any = values && !values->stretches.empty();
  view["unknown"] = View(!values.has_value());
  view["empty"] = View(values && !any);
  view["any"] = View(any);
  if (!any) return view;
  const charts::Told told{service.name, window_name(edition, window), edition.snapshot.page.zone,
                          edition.snapshot.page.show_counts, edition.language};
  const charts::Chart chart = charts::value_chart(*values, metric, told);
  view["caption"] = text_view(chart.caption);
  view["heights"] = text_list(chart.heights);
  view["svg"] = svg_view(chart.svg);
  view["times"] = text_list(charts::time_labels(charts::series_of(*values), told));
  view["rows"] = stretch_rows(edition, *values, metric.unit);
  return view;
}

View drawn_metric(const Edition& edition, const ServiceView& service, const DrawnMetric& metric,
                  const DrawnHistory& history) {
  View view;
  view["name"] = text_view(metric.name);
  ViewList windows;
  windows.push_back(drawn_window(edition, service, metric, "day", history.day));
  windows.push_back(drawn_window(edition, service, metric, "week", history.week));
  view["windows"] = View(windows);
  return view;
}

/// How many are pushed, may be shown, and are beyond what is drawn.
std::size_t not_drawn(const Edition& edition, const ServiceView& service, std::size_t drawn) {
  const auto may = [&](const DrawnMetric& metric) {
    return edition.snapshot.page.show_counts || metric.percent;
  };
  return static_cast<std::size_t>(std::ranges::count_if(service.metrics, may)) - drawn;
}

}  // namespace

View metrics_view(const Edition& edition, const ServiceView& service, const Past& past) {
  const std::vector<DrawnMetric> drawn = drawn_metrics(edition.snapshot, service);
  if (drawn.empty() || !past.kept) return View(false);
  View view;
  view["soon"] = View(past.history == nullptr);
  const std::size_t more = not_drawn(edition, service, drawn.size());
  view["more"] =
      more == 0 ? View(false)
                : View(say_count(edition.language, "metrics.more", static_cast<long long>(more)));
  ViewList list;
  for (const DrawnMetric& metric : drawn) {
    if (past.history == nullptr) break;
    const auto known = std::ranges::find(past.history->metrics, metric.id, &DrawnHistory::metric);
    if (known == past.history->metrics.end()) continue;
    list.push_back(drawn_metric(edition, service, metric, *known));
    list.back()["anchor"] = View("metric-" + std::to_string(list.size()));
  }
  view["metrics"] = View(list);
  return view;
}

}  // namespace signalbox::web
