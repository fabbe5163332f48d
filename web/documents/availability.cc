#include "web/documents/availability.h"

#include "base/text.h"
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
  for (const Rollup& row : rows) add(sum, row);
  return sum;
}

Rollup last_days(const ServiceView& service, Time as_of, int days) {
  const Time first = std::chrono::floor<std::chrono::days>(as_of) - std::chrono::days(days - 1);
  Rollup sum;
  sum.from = first;
  sum.span = as_of - first;
  for (const Rollup& day : *service.days) {
    if (day.from >= first) add(sum, day);
  }
  return sum;
}

Json window_json(const Rollup& window, Time as_of, bool counts) {
  return {{"from", iso_seconds(window.from)},
          {"to", iso_seconds(std::min(window.from + window.span, as_of))},
          {"requests", sums_json(window.requests, counts)},
          {"tries", sums_json(window.tries, counts)}};
}

/// What the snapshot knows of the days up to its own.
Json windows_json(const Snapshot& snapshot, const ServiceView& service) {
  Json json = Json::object();
  if (service.days == nullptr) return json;
  for (const int days : {7, 30, 90}) {
    const Rollup sum = last_days(service, snapshot.as_of, days);
    json[std::to_string(days) + "d"] = window_json(sum, snapshot.as_of, snapshot.page.show_counts);
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
  body["updated_at"] = iso(snapshot.updated_at == Time{} ? snapshot.as_of : snapshot.updated_at);
  body["as_of"] = iso(snapshot.as_of);
  body["stale"] = stale_since.has_value();
  if (stale_since) body["not_updated_since"] = iso(*stale_since);
  body["request_availability"] = request_availability_json(sum, counts);
  body["tries"] = sums_json(sum.tries, counts);
  body["uptime"] = uptime_json(sum.states);
  body["latency"] = latency_json(sum.latencies, counts);
  body["windows"] = windows_json(snapshot, service);
  body["rows"] = Json::array();
  for (const Rollup& row : rows) {
    if (!nothing(row)) body["rows"].push_back(row_json(row, counts));
  }
  return dumped(body);
}

std::string availability_csv(const Snapshot& snapshot, const std::vector<Rollup>& rows) {
  const bool counts = snapshot.page.show_counts;
  std::string text = csv_line(joined({"from", "to"}, figure_names(counts)));
  for (const Rollup& row : rows) {
    if (nothing(row)) continue;
    text += csv_line(joined({iso_seconds(row.from), iso_seconds(row.from + row.span)},
                            figure_cells(row, counts)));
  }
  return text;
}

}  // namespace signalbox::web
