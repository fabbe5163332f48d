#include "web/documents/old_incidents.h"

#include <algorithm>

#include "web/documents/weights.h"

namespace signalbox::web {
namespace {

/// What it takes to know that there is none.
constexpr std::size_t kMissBytes = 4096;

/// Only what has the form of an incident's id is worth a look-up.
bool plausible(std::string_view id) {
  const auto fits = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
  return id.size() == 12 && std::ranges::all_of(id, fits);
}

}  // namespace

OldIncidents::OldIncidents(std::shared_ptr<Lookups> lookups)
    : answers_(
          std::move(lookups), Lane::incidents, kMostBytes,
          [](Archive& archive, const std::string& id, Time) { return archive.incident(id); },
          [](const std::optional<Incident>& answer) {
            return answer ? bytes_of(*answer) : kMissBytes;
          }) {}

std::optional<Incident> OldIncidents::find(std::string_view id, Time now) {
  if (!plausible(id)) return std::nullopt;
  return answers_.find(id, now).value_or(std::nullopt);
}

void OldIncidents::forget_misses() {
  answers_.forget([](const std::optional<Incident>& answer) { return !answer; });
}

bool OldIncidents::pending(std::string_view id) const {
  return plausible(id) && answers_.pending(id);
}

}  // namespace signalbox::web
