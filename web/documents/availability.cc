#include "web/documents/availability.h"

#include <algorithm>
#include <array>

#include "web/documents/csv.h"
#include "web/documents/figures_cells.h"
#include "web/documents/figures_json.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

Json row_json(const Rollup& row, bool counts) {
  Json json = {{"from", iso_seconds(row.from)}, {"to", iso_seconds(row.from + row.span)}};
  json["requests"] = sums_json(row.requests, counts);
  json["tries"] = sums_json(row.tries, counts);
  if (counts) json["left_out"] = number(row.left_out.total);
  json["latency"] = quantiles_json(row.latencies);
  json["states"] = seconds_json(row.states);
  return json;
}

Rollup sum_of(const std::vector<Rollup>& rows) {
  Rollup sum;
  for (const Rollup& row : rows) sum += row;
  return sum;
}

Json window_json(const Rollup& window, bool counts) {
  return {{"from", iso_seconds(window.from)},
          {"to", iso_seconds(window.from + window.span)},
          {"requests", sums_json(window.requests, counts)},
          {"tries", sums_json(window.tries, counts)}};
}

/// The snapshot's, in the order it has them.
Json windows_json(const ServiceView& service, bool counts) {
  constexpr std::array<const char*, 5> kNames = {"5m", "24h", "7d", "30d", "90d"};
  Json json = Json::object();
  for (std::size_t i = 0; i < std::min(kNames.size(), service.windows.size()); ++i) {
    json[kNames.at(i)] = window_json(service.windows[i], counts);
  }
  return json;
}

}  // namespace

std::string availability_json(const Snapshot& snapshot, const ServiceView& service,
                              const Stretch& stretch, const std::vector<Rollup>& rows,
                              StaleSince stale_since) {
  const bool counts = snapshot.page.show_counts;
  const Rollup sum = sum_of(rows);
  Json body = {{"service", service.id}, {"name", shown(service.name)}};
  body["from"] = iso_seconds(stretch.from);
  body["to"] = iso_seconds(stretch.to);
  body["step"] = to_text(stretch.step);
  body["updated_at"] = iso(changed_at(snapshot));
  body["as_of"] = iso(snapshot.as_of);
  body["stale"] = stale_since.has_value();
  if (stale_since) body["not_updated_since"] = iso(*stale_since);
  body["request_availability"] = request_availability_json(sum, counts);
  body["tries"] = sums_json(sum.tries, counts);
  body["uptime"] = uptime_json(sum.states);
  body["latency"] = latency_json(sum.latencies, counts);
  body["windows"] = windows_json(service, counts);
  body["rows"] = Json::array();
  for (const Rollup& row : rows) {
    if (!row.empty()) body["rows"].push_back(row_json(row, counts));
  }
  return dumped(body);
}

std::string availability_csv(const Snapshot& snapshot, const std::vector<Rollup>& rows) {
  const bool counts = snapshot.page.show_counts;
  std::string text = csv_line(joined({"from", "to"}, figure_names(counts)));
  for (const Rollup& row : rows) {
    if (row.empty()) continue;
    text += csv_line(joined({iso_seconds(row.from), iso_seconds(row.from + row.span)},
                            figure_cells(row, counts)));
  }
  return text;
}

}  // namespace signalbox::web
