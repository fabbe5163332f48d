// Serves a snapshot of 100 services and 30 incidents until its standard input closes;
// bench/serving.py compares it with nginx. Argument: a folder into which `/`'s gzip bytes and
// headers are written for nginx to serve.
#include <fstream>
#include <iostream>
#include <string>

#include "base/hash.h"
#include "web/public/server.h"

namespace {

using namespace std::chrono_literals;
using signalbox::Incident;
using signalbox::Phase;
using signalbox::Snapshot;
using signalbox::State;
using signalbox::Update;

class AlwaysReady final : public signalbox::web::Readiness {
 public:
  std::string not_ready_because() const override { return {}; }
};

Incident incident(int number, signalbox::Time now) {
  const std::string service = "SVC" + std::to_string(number % 100);
  Incident incident;
  incident.id = signalbox::short_id("incident " + std::to_string(number));
  incident.name = service + ": the disks of rack " + std::to_string(number) + " caught fire";
  incident.services = {{service, number == 0 ? State::down : State::up}};
  incident.opened = now - 11h * number - 1h;
  if (number > 0) incident.resolved = incident.opened + 45min;
  for (int i = 0; i < 4; ++i) {
    Update update;
    update.id = signalbox::short_id("update " + std::to_string(number * 10 + i));
    update.at = incident.opened + 10min * i;
    update.phase = i == 3 && number > 0 ? Phase::resolved : Phase::identified;
    update.text = "Update " + std::to_string(i) + " of rack " + std::to_string(number * 7919 % 997);
    update.source = {"fedi", "Mastodon", "Ada", "https://mastodon.example/@status/" + update.id};
    incident.updates.push_back(update);
  }
  return incident;
}

/// 90 days with trouble of its own on a few of them.
std::vector<signalbox::Rollup> days(int service, signalbox::Time now) {
  std::vector<signalbox::Rollup> list;
  for (int ago = 89; ago >= 0; --ago) {
    signalbox::Rollup day;
    day.from = std::chrono::floor<std::chrono::days>(now) - std::chrono::days(ago);
    day.span = std::chrono::days(1);
    day.states.up = 86000;
    if ((ago * 7 + service * 5) % 29 == 0) day.states.down = 300 + ago;
    if ((ago * 7 + service * 5) % 23 == 0) day.states.issue = 900 + ago;
    list.push_back(day);
  }
  return list;
}

Snapshot board(signalbox::Time now) {
  Snapshot snapshot;
  snapshot.as_of = snapshot.updated_at = now;
  snapshot.page.name = "Acme";
  snapshot.page.url = "https://status.acme.example";
  for (int i = 0; i < 100; ++i) {
    signalbox::ServiceView view;
    view.id = "SVC" + std::to_string(i);
    view.name = "Service number " + std::to_string(i);
    view.group = "Group " + std::to_string(i / 10);
    view.state = i == 0 ? State::down : State::up;
    view.since = now - 1min * (i * 37 % 5000);
    view.month = signalbox::Sums{1e6 - i * 13, 1e6};
    view.uptime = 1.0 - i * 1e-5;
    view.days = std::make_shared<const std::vector<signalbox::Rollup>>(days(i, now));
    snapshot.services.push_back(view);
  }
  for (int i = 0; i < 30; ++i) snapshot.incidents.push_back(incident(i, now));
  snapshot.worst = State::down;
  return snapshot;
}

}  // namespace

int main(int argc, char** argv) {
  const signalbox::SystemClock clock;
  const AlwaysReady ready;
  signalbox::web::PublicSettings settings;
  settings.address = "127.0.0.1:0";
  settings.stale_after = 24h;
  const auto server = signalbox::web::make_public_server(settings, ready);
  const auto began = clock.steady();
  const auto site = signalbox::web::render(std::make_shared<const Snapshot>(board(clock.now())),
                                           nullptr, nullptr);
  std::cerr << "rendered in " << (clock.steady() - began).count() << " ms\n";
  server->publish(site, "");
  const auto address = server->listen();
  if (!address) {
    std::cerr << address.error().what << "\n";
    return 1;
  }
  server->serve();
  if (argc > 1) {
    const auto& bytes = site->find("/")->bytes(signalbox::web::Encoding::gzip);
    std::ofstream(std::string(argv[1]) + "/index.html.gz", std::ios::binary) << bytes.body;
    std::ofstream(std::string(argv[1]) + "/index.html", std::ios::binary)
        << site->find("/")->body();
    std::ofstream(std::string(argv[1]) + "/head.txt", std::ios::binary) << bytes.head;
  }
  std::cout << *address << std::endl;
  std::string ignored;
  while (std::getline(std::cin, ignored)) {
  }
  server->stop(1s);
}
