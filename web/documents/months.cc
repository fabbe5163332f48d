#include "web/documents/months.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "board/board.h"
#include "web/documents/weights.h"

namespace signalbox::web {
namespace {

/// After that an incident hardly changes any more.
constexpr Duration kSettles = std::chrono::days(62);

std::string key_between(Time from, Time to) {
  return std::to_string(from.time_since_epoch().count()) + " " +
         std::to_string(to.time_since_epoch().count());
}

std::pair<Time, Time> between(const std::string& key) {
  Duration::rep from = 0;
  Duration::rep to = 0;
  const auto* const end = key.data() + key.size();
  const auto first = std::from_chars(key.data(), end, from);
  std::from_chars(first.ptr + 1, end, to);
  return {Time(Duration(from)), Time(Duration(to))};
}

Months::Incidents look_for_incidents(Archive& archive, const std::string& key, Time) {
  const auto [from, to] = between(key);
  auto found = archive.incidents(from, to);
  if (!found) return nullptr;
  return std::make_shared<const std::vector<Incident>>(std::move(*found));
}

Months::Counts look_for_counts(Archive& archive, const std::string& key, Time) {
  const auto [from, to] = between(key);
  const auto found = archive.incidents(from, to);
  if (!found) return nullptr;
  auto counts = std::make_shared<std::vector<Counted>>();
  for (const Incident& incident : *found) {
    if (incident.opened < from || incident.opened >= to) continue;
    Counted one{incident.id, incident.opened, {}};
    for (const auto& [service, state] : incident.services) one.services.push_back(service);
    counts->push_back(std::move(one));
  }
  return counts;
}

std::size_t weight_of_incidents(const Months::Incidents& incidents) {
  std::size_t bytes = 1024;
  if (incidents == nullptr) return bytes;
  for (const Incident& incident : *incidents) bytes += bytes_of(incident);
  return bytes;
}

std::size_t weight_of_counts(const Months::Counts& counts) {
  std::size_t bytes = 1024;
  if (counts == nullptr) return bytes;
  for (const Counted& one : *counts) bytes += sizeof(Counted) + one.services.size() * 48;
  return bytes;
}

/// How old an answer about a time that ended at `to` may be.
Time not_before(Time to, Time now) {
  const Duration age =
      now - to > kSettles ? Duration(std::chrono::hours(1)) : std::chrono::minutes(1);
  return now - age;
}

template <typename Value>
std::optional<Value> known(Answers<Value>& answers, Time from, Time to, Time now) {
  const std::string key = key_between(from, to);
  auto answer = answers.find(key, now, not_before(to, now));
  // What could not be had is asked for again soon.
  if (answer && *answer == nullptr) answers.find(key, now, now - std::chrono::minutes(1));
  return answer;
}

}  // namespace

Months::Months(const std::shared_ptr<Lookups>& lookups)
    : incidents_(lookups, Lane::months, kMostBytes, look_for_incidents, weight_of_incidents),
      counts_(lookups, Lane::months, kMostBytes / 4, look_for_counts, weight_of_counts) {}

std::optional<Months::Incidents> Months::incidents(Time from, Time to, Time now) {
  return known(incidents_, from, to, now);
}

std::optional<Months::Counts> Months::counts(Time from, Time to, Time now) {
  return known(counts_, from, to, now);
}

Time known_since(Time as_of) { return as_of - board::kShown; }

}  // namespace signalbox::web
