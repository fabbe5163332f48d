// A board of any size for benchmarks: services with 90 days behind them, in groups of ten, and
// incidents of four updates, `apart` from each other, the first of them open.
#pragma once

#include <string>
#include <vector>

#include "base/hash.h"
#include "model/snapshot.h"

namespace signalbox::bench {

using namespace std::chrono_literals;

inline Incident incident(int number, int services, Duration apart, Time now) {
  const std::string service = "SVC" + std::to_string(number % services);
  Incident incident;
  incident.id = short_id("incident " + std::to_string(number));
  incident.name = service + ": the disks of rack " + std::to_string(number) + " caught fire";
  incident.services = {{service, number == 0 ? State::down : State::up}};
  incident.opened = now - apart * number - 1h;
  if (number > 0) incident.resolved = incident.opened + 45min;
  for (int i = 0; i < 4; ++i) {
    Update update;
    update.id = short_id("update " + std::to_string(number * 10 + i));
    update.at = incident.opened + 10min * i;
    update.phase = i == 3 && number > 0 ? Phase::resolved : Phase::identified;
    update.text = "Update " + std::to_string(i) + " of rack " + std::to_string(number * 7919 % 997);
    update.source = {"fedi", "Mastodon", "Ada", "https://mastodon.example/@status/" + update.id};
    incident.updates.push_back(update);
  }
  return incident;
}

/// 90 days with trouble of its own on a few of them.
inline std::vector<Rollup> days(int service, Time now) {
  std::vector<Rollup> list;
  for (int ago = 89; ago >= 0; --ago) {
    Rollup day;
    day.from = std::chrono::floor<std::chrono::days>(now) - std::chrono::days(ago);
    day.span = std::chrono::days(1);
    day.states.up = 86000;
    if ((ago * 7 + service * 5) % 29 == 0) day.states.down = 300 + ago;
    if ((ago * 7 + service * 5) % 23 == 0) day.states.issue = 900 + ago;
    list.push_back(day);
  }
  return list;
}

inline Snapshot board(Time now, int services, int incidents, Duration apart = 11h) {
  Snapshot snapshot;
  snapshot.as_of = snapshot.updated_at = now;
  snapshot.page.name = "Acme";
  snapshot.page.url = "https://status.acme.example";
  for (int i = 0; i < services; ++i) {
    ServiceView view;
    view.id = "SVC" + std::to_string(i);
    view.name = "Service number " + std::to_string(i);
    view.group = "Group " + std::to_string(i / 10);
    view.state = i == 0 ? State::down : State::up;
    view.since = now - 1min * (i * 37 % 5000);
    view.month = Sums{1e6 - i * 13, 1e6};
    view.uptime = 1.0 - i * 1e-5;
    view.days = std::make_shared<const std::vector<Rollup>>(days(i, now));
    snapshot.services.push_back(view);
  }
  for (int i = 0; i < incidents; ++i)
    snapshot.incidents.push_back(incident(i, services, apart, now));
  snapshot.worst = State::down;
  return snapshot;
}

}  // namespace signalbox::bench
