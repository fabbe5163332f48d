#include "board/reliability.h"

#include <algorithm>
#include <utility>

namespace signalbox::board {
namespace {

bool in(const Month& month, Time t) { return month.from <= t && t < month.to; }

/// How much of [from, to) the stretches, ordered by their beginning, cover together.
Duration covered(const std::vector<Incident>& by_opened, Time from, Time to) {
  Duration sum{};
  Time counted = from;
  for (const Incident& incident : by_opened) {
    const Time begin = std::max(counted, incident.opened);
    const Time end = std::min(to, incident.resolved.value_or(to));
    if (end <= begin) continue;
    sum += end - begin;
    counted = end;
  }
  return sum;
}

void count(Reliability& so_far, const Incident& incident, const Month& month, Time end) {
  if (in(month, incident.opened) && incident.opened < end) ++so_far.opened;
  if (!incident.resolved || *incident.resolved >= end) {
    ++so_far.open;
    return;
  }
  const Duration took = *incident.resolved - incident.opened;
  ++so_far.resolved;
  so_far.repair += took;
  so_far.longest = std::max(so_far.longest.value_or(took), took);
}

std::optional<Duration> mean(Duration sum, std::size_t of) {
  if (of == 0) return std::nullopt;
  return sum / static_cast<Duration::rep>(of);
}

}  // namespace

std::optional<Duration> Reliability::mttr() const { return mean(repair, resolved); }

std::optional<Duration> Reliability::mtbf() const { return mean(known - trouble, opened); }

Incident own_trouble(const Incident& incident, std::string_view service) {
  Incident own;
  own.id = incident.id;
  own.services = incident.services;
  own.worst = incident.worst;
  own.opened = incident.opened;
  own.resolved = incident.resolved;
  bool joined = false;
  for (const Update& update : incident.updates) {
    for (const Affected& affected : update.affected) {
      if (affected.service != service || update.withdrawn) continue;
      const bool up = affected.after == State::up;
      if (!up && !std::exchange(joined, true)) own.opened = std::max(incident.opened, update.at);
      if (joined) own.resolved = up ? std::optional(update.at) : incident.resolved;
    }
  }
  return own;
}

std::vector<Incident> troubles(const std::vector<Incident>& incidents, std::string_view service,
                               const Month& month) {
  std::vector<Incident> mine;
  for (const Incident& incident : incidents) {
    const bool touched = incident.services.contains(std::string(service));
    const bool over = incident.resolved && *incident.resolved < month.from;
    if (touched && !over && incident.opened < month.to) mine.push_back(incident);
  }
  std::ranges::stable_sort(mine, {}, &Incident::opened);
  return mine;
}

Reliability reliability(const std::vector<Incident>& incidents, std::string_view service,
                        const Month& month, Time start, Time now) {
  Reliability found;
  const Time from = std::max(month.from, start);
  const Time to = std::min(month.to, now);
  if (to <= from) return found;
  std::vector<Incident> own;
  for (const Incident& incident : incidents) own.push_back(own_trouble(incident, service));
  const std::vector<Incident> mine = troubles(own, service, month);
  for (const Incident& incident : mine) {
    if (incident.opened <= now)
      count(found, incident, month, std::min(month.to, now + Duration(1)));
  }
  found.known = to - from;
  found.trouble = covered(mine, from, to);
  return found;
}

}  // namespace signalbox::board
