#include "web/documents/histories.h"

#include <algorithm>
#include <utility>

#include "board/reliability.h"
#include "web/documents/weights.h"

namespace signalbox::web {
namespace {

constexpr Duration kFresh = std::chrono::minutes(1);
constexpr Duration kOld = std::chrono::minutes(2);
constexpr Duration kThreeMonths = std::chrono::days(95);

std::optional<charts::Series> read(Archive& archive, const Stretch& stretch) {
  const auto rollups = archive.rollups(stretch);
  if (!rollups) return std::nullopt;
  return charts::series(*rollups, stretch.from, stretch.to, stretch.step);
}

std::optional<charts::Values> read(Archive& archive, const std::string& metric,
                                   const Stretch& stretch) {
  auto points = archive.points(metric, stretch.from, stretch.to, stretch.step);
  if (!points) return std::nullopt;
  return charts::Values{stretch.from, stretch.to, stretch.step, std::move(*points)};
}

std::vector<DrawnHistory> drawn_history(Archive& archive, std::string_view ids, Time now) {
  std::vector<DrawnHistory> all;
  while (!ids.empty()) {
    const auto end = std::min(ids.find('\n'), ids.size());
    DrawnHistory one{std::string(ids.substr(0, end)), {}, {}};
    one.day = read(archive, one.metric, window("", now, std::chrono::minutes(15), 96));
    one.week = read(archive, one.metric, window("", now, std::chrono::hours(2), 84));
    all.push_back(std::move(one));
    ids.remove_prefix(std::min(end + 1, ids.size()));
  }
  return all;
}

std::optional<std::vector<Incident>> bare_incidents(Archive& archive, const std::string& service,
                                                    Time now) {
  auto found = archive.incidents(now - kThreeMonths, now);
  if (!found) return std::nullopt;
  std::erase_if(*found, [&](const Incident& one) { return !one.services.contains(service); });
  for (Incident& incident : *found) incident = board::own_trouble(incident, service);
  return found;
}

HistoryPtr look(Archive& archive, const std::string& key, Time now) {
  const auto end = std::min(key.find('\n'), key.size());
  const std::string service = key.substr(0, end);
  auto history = std::make_shared<History>();
  history->as_of = now;
  history->day = read(archive, window(service, now, std::chrono::minutes(15), 96));
  history->week = read(archive, window(service, now, std::chrono::hours(2), 84));
  history->month = read(archive, window(service, now, std::chrono::hours(12), 60));
  history->quarter = read(archive, window(service, now, std::chrono::days(1), 90));
  history->metrics =
      drawn_history(archive, std::string_view(key).substr(std::min(end + 1, key.size())), now);
  history->incidents = bare_incidents(archive, service, now);
  return history;
}

}  // namespace

Stretch window(std::string_view service, Time now, Duration step, int steps) {
  const Time to = now - now.time_since_epoch() % step + step;
  return {std::string(service), to - step * steps, to, step};
}

std::vector<DrawnMetric> drawn_metrics(const Snapshot& snapshot, const ServiceView& service) {
  std::vector<DrawnMetric> drawn;
  for (const DrawnMetric& metric : service.metrics) {
    if (drawn.size() == kMostDrawn) break;
    if (snapshot.page.show_counts || metric.percent) drawn.push_back(metric);
  }
  return drawn;
}

std::string history_key(const Snapshot& snapshot, const ServiceView& service) {
  std::string key = service.id;
  for (const DrawnMetric& metric : drawn_metrics(snapshot, service)) key += "\n" + metric.id;
  return key;
}

Histories::Histories(std::shared_ptr<Lookups> lookups)
    : answers_(std::move(lookups), Lane::charts, kMostBytes, look,
               [](const HistoryPtr& history) { return bytes_of(*history); }) {}

HistoryPtr Histories::find(std::string_view key, Time now) {
  return answers_.find(key, now, now - kFresh).value_or(nullptr);
}

bool Histories::settled(std::string_view key, Time now) {
  const HistoryPtr history = find(key, now);
  return history != nullptr && history->as_of >= now - kOld;
}

}  // namespace signalbox::web
