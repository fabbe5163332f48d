#include "announce/due.h"

#include <algorithm>

namespace signalbox::announce {
namespace {

Duration better_after(const std::string& service, const Habits& habits) {
  const auto own = habits.better_after.find(service);
  return own == habits.better_after.end() ? std::chrono::minutes(5) : own->second;
}

/// The worsening whose age decides when the limit allows another.
std::optional<Time> oldest_counted(const Told& told, const Habits& habits) {
  const auto most = static_cast<std::size_t>(std::max(habits.most_worsenings, 1));
  if (told.worsenings.size() < most) return std::nullopt;
  return told.worsenings[told.worsenings.size() - most];
}

/// It went up and down as often as may be told: its next recovery must last before it is told.
bool turbulent(const Told& told, const Habits& habits) {
  if (told.flapping) return true;
  const std::optional<Time> oldest = oldest_counted(told, habits);
  return at_limit(told, habits, told.changed) && told.recovered && *told.recovered > *oldest;
}

bool said_as_bad(const Circumstance& here, State measured) {
  return here.stated && severity(here.stated->state) >= severity(measured);
}

bool staff_closes(const Circumstance& here, State measured) {
  if (here.stated) return worse(here.stated->state, measured);
  return here.staff_owns;
}

Due worsening(const Told& told, const Circumstance& here, const Habits& habits, Time now) {
  Due d{.tidings = Tidings::worse,
        .told = true,
        .reason = "fell",
        .earliest = told.pending,
        .at = told.pending + habits.group_wait};
  if (said_as_bad(here, told.now->state)) {
    d.told = false;
    d.reason = "stated_already";
  } else if (at_limit(told, habits, now)) {
    d.told = false;
    d.reason = "limit_reached";
  }
  return d;
}

Due recovery(const std::string& service, const Told& told, const Circumstance& here,
             const Habits& habits) {
  const State measured = told.now->state;
  Due d{.tidings = Tidings::better,
        .told = false,
        .reason = "fall_not_told",
        .earliest = told.pending,
        .at = told.pending + habits.group_wait};
  if (turbulent(told, habits)) {
    d.at = told.changed + std::max(better_after(service, habits), habits.group_wait);
    d.earliest = d.at;
  }
  if (!worse(told.told, measured)) return d;
  if (staff_closes(here, measured)) {
    d.reason = "staff_closes";
  } else if (here.stated && here.stated->at >= told.changed && measured == State::up) {
    d.reason = "staff_said_so";
  } else {
    d.told = true;
    d.reason = "recovered";
  }
  return d;
}

/// The state is recorded already; the limit may still owe a word about it.
std::optional<Due> unchanged(const Told& told, const Circumstance& here, const Habits& habits) {
  if (!worse(told.now->state, State::up) || said_as_bad(here, told.now->state)) return {};
  if ((told.owed || told.refell) && !told.flapping) {
    return Due{.tidings = Tidings::flapping,
               .told = true,
               .reason = "flapping",
               .earliest = told.changed,
               .at = told.changed + habits.group_wait};
  }
  if (!told.owed || !worse(told.now->state, told.told)) return {};
  const std::optional<Time> oldest = oldest_counted(told, habits);
  const Time at = oldest ? *oldest + habits.worsenings_within : told.changed + habits.group_wait;
  return Due{
      .tidings = Tidings::worse, .told = true, .reason = "limit_over", .earliest = at, .at = at};
}

std::optional<Due> blind(const Told& told, const Habits& habits) {
  if (!told.had_data || told.lost_sight) return {};
  const Time at = told.changed + habits.lost_sight_after;
  return Due{.tidings = Tidings::lost_sight,
             .told = true,
             .reason = "no_evidence",
             .earliest = at - habits.group_wait,
             .at = at};
}

bool touched_and_open(const Incident& incident, const std::string& service) {
  if (!incident.open() || !incident.touched) return false;
  const auto here = incident.services.find(service);
  return here != incident.services.end() && here->second != State::up &&
         !incident.awaits.contains(service);
}

}  // namespace

Circumstance circumstance(const ServiceView& view, const Snapshot& board) {
  const std::string& reason = view.standing.reason;
  Circumstance here;
  here.silenced =
      reason == "maintenance" || reason == "stated_in_maintenance" || reason == "stated_until";
  here.stated = view.standing.stated;
  here.staff_owns = std::ranges::any_of(
      board.incidents, [&](const Incident& i) { return touched_and_open(i, view.id); });
  return here;
}

bool at_limit(const Told& told, const Habits& habits, Time now) {
  const std::optional<Time> oldest = oldest_counted(told, habits);
  return oldest && now - *oldest < habits.worsenings_within;
}

std::optional<Due> due(const std::string& service, const Told& told, const Circumstance& here,
                       const Habits& habits, Time now) {
  if (!told.now || here.silenced) return std::nullopt;
  const State measured = told.now->state;
  if (measured == State::unknown) return blind(told, habits);
  if (worse(measured, told.recorded)) return worsening(told, here, habits, now);
  if (worse(told.recorded, measured)) return recovery(service, told, here, habits);
  return unchanged(told, here, habits);
}

}  // namespace signalbox::announce
