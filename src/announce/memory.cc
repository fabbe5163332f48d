#include <algorithm>

#include "announce/due.h"
#include "model/json_fields.h"
#include "model/json_read.h"
#include "model/json_write.h"

namespace signalbox::announce {

void fields(auto& a, Of<Told> auto& x) {
  a("told", x.told);
  a("recorded", x.recorded);
  a("now", x.now);
  a("changed", x.changed);
  a("waiting", x.waiting);
  a("pending", x.pending);
  a("worsenings", x.worsenings);
  a("recovered", x.recovered);
  a("owed", x.owed);
  a("refell", x.refell);
  a("flapping", x.flapping);
  a("lost_sight", x.lost_sight);
  a("had_data", x.had_data);
}

void fields(auto& a, Of<Memory> auto& x) { a("services", x.services); }

namespace {

void forget_old(Told& told, const Habits& habits, Time now) {
  while (!told.worsenings.empty() && now - told.worsenings.front() >= habits.worsenings_within) {
    told.worsenings.pop_front();
  }
}

/// A change back to what is recorded is nothing; one that turns round waits anew.
void wait(Told& told, State before, Time at) {
  const State now = told.now->state;
  const bool waits = now != State::unknown && severity(now) != severity(told.recorded);
  const bool same_way = told.waiting && worse(now, told.recorded) == worse(before, told.recorded);
  if (waits && !same_way) told.pending = at;
  told.waiting = waits;
}

void changed(Told& told, const MeasuredChanged& what, const Habits& habits, Time at) {
  const State before = told.now ? told.now->state : what.before;
  const State now = what.now.state;
  forget_old(told, habits, at);
  told.now = what.now;
  told.changed = at;
  told.had_data = told.had_data || now != State::unknown || before != State::unknown;
  if (now != State::unknown) told.lost_sight = false;
  wait(told, before, at);
  const bool again = worse(now, before) && before != State::unknown && now == told.recorded;
  if (again && at_limit(told, habits, at)) told.refell = true;
}

void worsened(Told& told, State state, const MachineSpoke& spoke, const Habits& habits, Time at) {
  told.recorded = state;
  told.owed = !spoke.told && spoke.announcement.reason == "limit_reached";
  if (!spoke.told) return;
  told.told = state;
  told.worsenings.push_back(at);
  forget_old(told, habits, at);
}

void recovered(Told& told, State state, const MachineSpoke& spoke, Time at) {
  const std::string& reason = spoke.announcement.reason;
  told.recorded = state;
  told.refell = false;
  if (state == State::up) told.flapping = false;
  if (spoke.told) told.recovered = at;
  const bool staff_tells = reason == "staff_closes" || reason == "staff_said_so";
  if (spoke.told || staff_tells) told.told = state;
  told.owed = told.owed && worse(state, told.told);
}

void settled(Told& told, const Line& line, const MachineSpoke& spoke, const Habits& habits,
             Time at) {
  switch (spoke.announcement.tidings) {
    case Tidings::worse:
      worsened(told, line.state, spoke, habits, at);
      break;
    case Tidings::better:
      recovered(told, line.state, spoke, at);
      break;
    case Tidings::flapping:
      told.flapping = true;
      told.refell = false;
      break;
    case Tidings::lost_sight:
      told.lost_sight = true;
      break;
    case Tidings::staff_word:
    case Tidings::correction:
    case Tidings::withdrawal:
    case Tidings::reminder:
    case Tidings::held:
    case Tidings::hint:
    case Tidings::answer:
    case Tidings::trouble:
    case Tidings::digest:
      return;
  }
  const State now = told.now ? told.now->state : State::unknown;
  told.waiting = now != State::unknown && severity(now) != severity(told.recorded);
}

void keep_only(Memory& memory, const std::vector<Service>& configured) {
  std::erase_if(memory.services, [&](const auto& entry) {
    return std::ranges::find(configured, entry.first, &Service::id) == configured.end();
  });
}

}  // namespace

void apply(Memory& memory, const Event& event, const Habits& habits) {
  if (const auto* what = std::get_if<MeasuredChanged>(&event.what)) {
    changed(memory.services[what->service], *what, habits, event.at);
  } else if (const auto* spoke = std::get_if<MachineSpoke>(&event.what)) {
    for (const Line& line : spoke->announcement.lines) {
      settled(memory.services[line.service], line, *spoke, habits, event.at);
    }
  } else if (const auto* configured = std::get_if<Configured>(&event.what)) {
    keep_only(memory, configured->services);
  }
}

std::vector<std::string> flapping(const Memory& memory) {
  std::vector<std::string> services;
  for (const auto& [service, told] : memory.services) {
    if (told.flapping) services.push_back(service);
  }
  return services;
}

std::string encode(const Memory& memory) { return json::written(memory); }

Result<Memory> decode_memory(std::string_view payload) {
  return json::read<Memory>(payload, "the memory of announcements");
}

}  // namespace signalbox::announce
