#include "web/documents/figures_cells.h"

#include "web/documents/figures_json.h"

namespace signalbox::web {
namespace {

std::string cell(const Json& value) { return value.is_null() ? std::string() : value.dump(); }

void add_sums(Cells& cells, const Sums& sums, bool counts) {
  if (counts) {
    cells.push_back(cell(number(sums.good)));
    cells.push_back(cell(number(sums.total)));
  }
  cells.push_back(cell(number_or_null(percent_of(sums))));
}

}  // namespace

Cells figure_names(bool counts) {
  Cells names;
  for (const char* of : {"", "tries_"}) {
    const std::string prefix = of;
    if (counts) names.insert(names.end(), {prefix + "good", prefix + "total"});
    names.push_back(prefix + "percent");
  }
  if (counts) names.emplace_back("left_out");
  names.insert(names.end(), {"up_seconds", "issue_seconds", "down_seconds", "maint_seconds",
                             "unknown_seconds", "uptime_percent", "p50_ms", "p95_ms", "p99_ms"});
  return names;
}

Cells figure_cells(const Rollup& figures, bool counts) {
  Cells cells;
  add_sums(cells, figures.requests, counts);
  add_sums(cells, figures.tries, counts);
  if (counts) cells.push_back(cell(number(figures.left_out.total)));
  const DayTally& in = figures.states;
  for (const double seconds : {in.up, in.issue, in.down, in.maint, in.unknown}) {
    cells.push_back(cell(number(seconds)));
  }
  cells.push_back(cell(number_or_null(uptime_percent(figures.states))));
  const Json quantiles = quantiles_json(figures.latencies);
  for (const char* name : {"p50", "p95", "p99"}) {
    cells.push_back(quantiles.is_null() ? std::string() : cell(quantiles[name]));
  }
  return cells;
}

std::string seconds_cell(const std::optional<Duration>& time) {
  return time ? cell(number(std::chrono::duration<double>(*time).count())) : std::string();
}

Cells joined(Cells first, const Cells& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

}  // namespace signalbox::web
