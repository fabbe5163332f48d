#include "web/documents/histories.h"

namespace signalbox::web {
namespace {

constexpr Duration kFresh = std::chrono::minutes(1);
constexpr Duration kOld = std::chrono::minutes(2);

std::optional<charts::Series> read(Archive& archive, const Stretch& stretch) {
  const auto rollups = archive.rollups(stretch);
  if (!rollups) return std::nullopt;
  return charts::series(*rollups, stretch.from, stretch.to, stretch.step);
}

HistoryPtr look(Archive& archive, const std::string& service, Time now) {
  auto history = std::make_shared<History>();
  history->as_of = now;
  history->day = read(archive, window(service, now, std::chrono::minutes(15), 96));
  history->week = read(archive, window(service, now, std::chrono::hours(2), 84));
  history->month = read(archive, window(service, now, std::chrono::hours(12), 60));
  history->quarter = read(archive, window(service, now, std::chrono::days(1), 90));
  return history;
}

}  // namespace

Stretch window(std::string_view service, Time now, Duration step, int steps) {
  const Time to = now - now.time_since_epoch() % step + step;
  return {std::string(service), to - step * steps, to, step};
}

Histories::Histories(std::shared_ptr<Lookups> lookups)
    : answers_(std::move(lookups), kMostKept, look) {}

HistoryPtr Histories::find(std::string_view service, Time now) {
  return answers_.find(service, now, now - kFresh).value_or(nullptr);
}

bool Histories::settled(std::string_view service, Time now) {
  const HistoryPtr history = find(service, now);
  return history != nullptr && history->as_of >= now - kOld;
}

}  // namespace signalbox::web
