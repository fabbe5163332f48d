// What it costs to make each document anew after a change: processor time on a board of 1,000
// services with 3,000 incidents in 30 days, medians. The sum is the work between an accepted post
// and the last document that tells it, on one core.
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "bench/sample_board.h"
#include "web/publisher.h"

namespace {

using signalbox::Snapshot;
using signalbox::SnapshotPtr;
using signalbox::web::Encoding;
using signalbox::web::SitePtr;

constexpr int kRounds = 15;

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

/// The boards of a night: in each the first incident has a further word.
SnapshotPtr board_after(int words) {
  const signalbox::Time now = signalbox::SystemClock().now();
  static const Snapshot kFirst = signalbox::bench::board(now, 1000, 3000, std::chrono::minutes(14));
  Snapshot next = kFirst;
  std::vector<signalbox::IncidentPtr> incidents;
  for (auto one = kFirst.incidents.begin(); one != kFirst.incidents.end(); ++one) {
    incidents.push_back(one.pointer());
  }
  signalbox::Incident changed = *incidents[0];
  changed.updates.back().text = "Word number " + std::to_string(words);
  incidents[0] = std::make_shared<const signalbox::Incident>(changed);
  next.incidents = signalbox::SharedIncidents(incidents);
  next.services[0].standing.note = "word " + std::to_string(words);
  next.as_of = next.updated_at = now + std::chrono::seconds(words);
  return std::make_shared<const Snapshot>(std::move(next));
}

}  // namespace

int main() {
  const std::vector<std::string> paths = {"/api/board.json",
                                          "/api/v2/summary.json",
                                          "/api/v2/status.json",
                                          "/api/v2/components.json",
                                          "/api/v2/incidents.json",
                                          "/api/v2/incidents/unresolved.json",
                                          "/history.atom",
                                          "/history.rss",
                                          "/feed.json",
                                          "/status.txt",
                                          "/wall",
                                          "/embed",
                                          "/services/SVC0",
                                          "/feeds/SVC0.atom",
                                          "/feeds/SVC0.rss",
                                          "/feeds/SVC0.json",
                                          "/maintenance.ics"};
  std::vector<double> event, page;
  std::vector<std::vector<double>> made(paths.size()), packed(paths.size());
  SitePtr before = signalbox::web::render(board_after(0), nullptr, nullptr);
  for (int round = 1; round <= kRounds; ++round) {
    const SnapshotPtr snapshot = board_after(round);
    const double start = cpu_ms();
    const std::string told = signalbox::web::live_event(*before->snapshot(), *snapshot);
    const double evented = cpu_ms();
    const SitePtr site = signalbox::web::render(snapshot, before, nullptr);
    page.push_back(cpu_ms() - evented);
    event.push_back(evented - start);
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const double began = cpu_ms();
      const auto document = site->find(paths[i]);
      const double found = cpu_ms();
      document->bytes(Encoding::gzip);
      made[i].push_back(found - began);
      packed[i].push_back(cpu_ms() - found);
    }
    before = site;
  }
  double sum = median(event) + median(page);
  std::printf("%-36s %7.2f ms\n%-36s %7.2f ms, packed\n", "live event", median(event), "/",
              median(page));
  for (std::size_t i = 0; i < paths.size(); ++i) {
    sum += median(made[i]) + median(packed[i]);
    std::printf("%-36s %7.2f ms, and %.2f ms to pack it\n", paths[i].c_str(), median(made[i]),
                median(packed[i]));
  }
  std::printf("%-36s %7.2f ms on one core (limit 50 for the last of them, from the post on)\n",
              "all of them", sum);
}
