// Snapshots for the tests of documents and of serving.
#pragma once

#include <memory>
#include <string>

#include "base/hash.h"
#include "model/snapshot.h"

namespace signalbox::web::samples {

inline Time at(const std::string& text) { return parse_iso(text).value(); }

inline Time now() { return at("2026-11-21T03:30:00Z"); }

inline ServiceView service(const std::string& id, State state, const std::string& group = "") {
  ServiceView view;
  view.id = id;
  view.name = id + " service";
  view.group = group;
  view.state = state;
  view.standing.state = state;
  view.since = now() - std::chrono::minutes(40);
  view.started = now() - std::chrono::hours(24 * 200);
  return view;
}

inline Update update(const std::string& id, Time when, Phase phase, const std::string& text) {
  Update update;
  update.id = id;
  update.at = when;
  update.phase = phase;
  update.text = text;
  update.source = {"fedi", "Mastodon", "Ada", "https://mastodon.example/@status/1"};
  return update;
}

inline Incident incident(const std::string& id, const std::string& service, Time opened,
                         bool open) {
  Incident incident;
  incident.id = id;
  incident.name = service + ": disks caught fire";
  incident.services = {{service, open ? State::down : State::up}};
  incident.worst = State::down;
  incident.phase = open ? Phase::identified : Phase::resolved;
  incident.opened = opened;
  incident.updates = {
      update(id.substr(0, 11) + "1", opened, Phase::investigating, "disks caught fire"),
      update(id.substr(0, 11) + "2", opened + std::chrono::minutes(5), Phase::identified,
             "see https://acme.example/a?b=1&c=2 for more.")};
  incident.updates[0].state = State::down;
  incident.updates[0].affected = {{service, State::up, State::down}};
  if (!open) {
    incident.resolved = opened + std::chrono::minutes(30);
    incident.updates.push_back(
        update(id.substr(0, 11) + "3", *incident.resolved, Phase::resolved, "put out"));
  }
  return incident;
}

inline Statement statement(State state, const std::string& message) {
  Statement stated;
  stated.state = state;
  stated.at = now() - std::chrono::minutes(40);
  stated.source = {"fedi", "Mastodon", "Ada", "https://mastodon.example/@status/1"};
  stated.message = message;
  return stated;
}

inline Measurement measurement(State state, double good, double total) {
  Measurement measured;
  measured.state = state;
  measured.at = now() - std::chrono::minutes(1);
  measured.good = good;
  measured.total = total;
  measured.window = std::chrono::minutes(5);
  measured.fresh = state != State::unknown;
  measured.reason = "share_below_issue";
  return measured;
}

/// A bad night: API is down by staff's word, JS has issues by measurement, DB cannot be measured.
inline Snapshot bad_night() {
  Snapshot snapshot;
  snapshot.generation = 7;
  snapshot.as_of = now();
  snapshot.updated_at = now() - std::chrono::minutes(2);
  snapshot.page.name = "Acme";
  snapshot.page.url = "https://status.acme.example";
  snapshot.page.created = now() - std::chrono::hours(24 * 60);
  snapshot.page.follow = {{"Mastodon", "https://mastodon.example/@status"}};
  auto api = service("API", State::down, "Core");
  api.standing.stated = statement(State::down, "disks caught fire");
  api.month = Sums{99987, 100000};
  api.uptime = 0.99987;
  auto js = service("JS", State::issue, "Core");
  js.standing.measured = measurement(State::issue, 12065, 12400);
  js.month = Sums{1000, 1000};
  js.uptime = 1.0;
  js.flapping = true;
  auto db = service("DB", State::unknown);
  db.standing.measured = measurement(State::unknown, 0, 0);
  auto docs = service("DOCS", State::up);
  snapshot.services = {api, js, db, docs};
  snapshot.worst = State::down;
  snapshot.incidents = {incident("aaaaaaaaaaaa", "API", now() - std::chrono::minutes(40), true),
                        incident("bbbbbbbbbbbb", "JS", now() - std::chrono::hours(24 * 3), false)};
  Notice notice;
  notice.id = "nnnnnnnnnnnn";
  notice.services = {"DOCS"};
  notice.text = "anyone up for lunch?";
  notice.at = now() - std::chrono::hours(1);
  notice.until = now() + std::chrono::hours(23);
  snapshot.notices = {notice};
  Maintenance work;
  work.id = "mmmmmmmmmmmm";
  work.name = "DB: new disks";
  work.services = {"DB"};
  work.announced = now() - std::chrono::hours(2);
  work.from = now() + std::chrono::hours(20);
  work.until = work.from + std::chrono::hours(2);
  work.updates = {update("mmmmmmmmmmm1", work.announced, Phase::investigating, "new disks")};
  snapshot.maintenances = {work};
  return snapshot;
}

inline SnapshotPtr shared(Snapshot snapshot) {
  return std::make_shared<const Snapshot>(std::move(snapshot));
}

}  // namespace signalbox::web::samples
