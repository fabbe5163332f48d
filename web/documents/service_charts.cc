#include "web/documents/service_charts.h"

#include <cmath>

#include "base/text.h"
#include "web/charts/plot.h"
#include "web/charts/words.h"
#include "web/documents/say.h"
#include "web/documents/times.h"
#include "web/documents/windows.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

using charts::Point;
using charts::Quantiles;
using charts::Series;

/// One window of the page.
struct Window {
  const char* id;
  const Series* series;  ///< null: not known (yet)
};

const std::string& column_name(const Edition& edition, bool tries) {
  return edition.language.text(tries ? "column.tries" : "column.requests");
}

View texts(const std::vector<std::string>& values) {
  ViewList list;
  for (const std::string& value : values) list.push_back(View("text", View(value)));
  return View(list);
}

/// The columns of figures, the same in every table; what is not known is a dash.
void add_columns(View& row, const Edition& edition, const Sums& sums,
                 const std::optional<Quantiles>& took) {
  const Language& language = edition.language;
  row["total"] = View(edition.snapshot.page.show_counts && sums.total > 0
                          ? number_text(language, std::llround(sums.total))
                          : "–");
  row["share"] = View(sums.total > 0 ? charts::share_text(language, sums) : "–");
  row["p50"] = View(took ? took_text(language, took->p50) : "–");
  row["p95"] = View(took ? took_text(language, took->p95) : "–");
  row["p99"] = View(took ? took_text(language, took->p99) : "–");
}

View rows_view(const Edition& edition, const Series& series) {
  ViewList rows;
  rows.reserve(series.points.size());
  for (auto point = series.points.rbegin(); point != series.points.rend(); ++point) {
    View row;
    row["at"] = View(when(edition, point->from));
    row["length"] = View(exact_length(edition.language, point->span));
    add_columns(row, edition, point->sums, point->took);
    rows.push_back(std::move(row));
  }
  return View(rows);
}

View chart_view(const charts::Chart& chart, std::string_view title, const View& times) {
  View view;
  view["title"] = View(std::string(title));
  view["svg"] = svg_view(chart.svg);
  view["caption"] = View(chart.caption);
  view["heights"] = texts(chart.heights);
  view["times"] = View(times);
  view["legend"] = View(false);
  return view;
}

View drawn(const Edition& edition, const ServiceView& service, const Window& window) {
  const Series& series = *window.series;
  const Language& language = edition.language;
  const charts::Told told{service.name, window_name(edition, window.id), edition.snapshot.page.zone,
                          edition.snapshot.page.show_counts, language};
  const View times = texts(charts::time_labels(series, told));
  ViewList list;
  list.push_back(chart_view(charts::availability_chart(series, told),
                            language.text("chart.availability"), times));
  if (series.took) {
    View latency =
        chart_view(charts::latency_chart(series, told), language.text("chart.latency"), times);
    latency["legend"] = View(true);
    list.push_back(std::move(latency));
  }
  return View(list);
}

View window_view(const Edition& edition, const ServiceView& service, const Window& window) {
  View view;
  view["id"] = View(window.id);
  view["window"] = View(window_name(edition, window.id));
  view["last"] = View(last_window(edition, window.id));
  const bool any = window.series != nullptr && !window.series->points.empty();
  view["empty"] = View(window.series != nullptr && !any);
  view["unknown"] = View(window.series == nullptr);
  view["charts"] = any ? drawn(edition, service, window) : View(ViewList());
  view["table"] = View(any);
  view["rows"] = any ? rows_view(edition, *window.series) : View(ViewList());
  view["counted"] = View(edition.snapshot.page.show_counts);
  view["what"] = View(column_name(edition, any && window.series->tries));
  return view;
}

/// Of 30 days the sums that the page shows elsewhere, too, where there are any.
Sums sums_of(const ServiceView& service, const Window& window) {
  const bool month = std::string_view(window.id) == "month";
  if (month && !window.series->tries && service.month) return *service.month;
  return window.series->sums;
}

View figures_view(const Edition& edition, const ServiceView& service,
                  const std::vector<Window>& windows) {
  ViewList rows;
  for (const Window& window : windows) {
    if (window.series == nullptr) continue;
    View row;
    row["window"] = View(window_name(edition, window.id));
    add_columns(row, edition, sums_of(service, window), window.series->took);
    rows.push_back(std::move(row));
  }
  return View(rows);
}

const Series* of(const HistoryPtr& history, std::optional<Series> History::*which) {
  if (history == nullptr || !((*history).*which)) return nullptr;
  return &*((*history).*which);
}

bool ever_measured(const ServiceView& service) {
  return !service.sources.empty() || service.standing.measured || service.month;
}

}  // namespace

Series known_days(const Edition& edition, const ServiceView& service) {
  const Stretch days = window(service.id, edition.snapshot.as_of, std::chrono::days(1), 90);
  static const std::vector<Rollup> kNone;
  return charts::series(service.days ? *service.days : kNone, days.from, days.to, days.step);
}

View charts_view(const Edition& edition, const ServiceView& service, const Past& past) {
  const Series days = known_days(edition, service);
  if (!ever_measured(service) && days.points.empty()) return View(false);
  const Series* quarter = of(past.history, &History::quarter);  // newer than the snapshot's
  std::vector<Window> windows = {{"day", of(past.history, &History::day)},
                                 {"week", of(past.history, &History::week)},
                                 {"month", of(past.history, &History::month)},
                                 {"quarter", quarter != nullptr ? quarter : &days}};
  if (!past.kept) windows.erase(windows.begin(), windows.begin() + 3);
  View view;
  view["soon"] = View(past.kept && past.history == nullptr);
  view["counted"] = View(edition.snapshot.page.show_counts);
  view["what"] = View(column_name(edition, days.tries && !days.points.empty()));
  view["figures"] = figures_view(edition, service, windows);
  ViewList drawn_windows;
  for (const Window& window : windows) {
    if (window.series == nullptr && past.history == nullptr) continue;
    drawn_windows.push_back(window_view(edition, service, window));
  }
  view["windows"] = View(drawn_windows);
  return view;
}

}  // namespace signalbox::web
