// How long the strips of 90 days take: 1,000 services drawn from their rollups, against reading
// those rollups once.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include "web/charts/strip.h"

namespace {

using signalbox::Duration;
using signalbox::Rollup;
using signalbox::Time;
using std::chrono::days;

constexpr int kServices = 1000;
constexpr int kRounds = 31;
constexpr double kLimitMs = 5;

const Time kNow = signalbox::parse_iso("2026-11-21T03:30:00Z").value();

/// 90 days of one service, with trouble on every 13th day or so, each its own.
std::vector<Rollup> rollups(int service) {
  std::vector<Rollup> list;
  for (int ago = 89; ago >= 0; --ago) {
    if (service % 10 == 9 && ago > 60) continue;  // newer than the strip
    Rollup rollup;
    rollup.from = std::chrono::floor<days>(kNow) - days(ago);
    rollup.span = days(1);
    rollup.requests = {86000.0 * service, 86400.0 * service};
    rollup.states.up = 86000;
    const int turn = ago * 7 + service * 5;
    if (turn % 29 == 0) rollup.states.down = 300 + ago;
    if (turn % 23 == 0) rollup.states.issue = 900 + ago;
    if (turn % 61 == 0) rollup.states.maint = 3600;
    if (turn % 43 == 0) rollup.states = {.up = 10, .unknown = 86390};
    list.push_back(rollup);
  }
  return list;
}

/// Processor time, so that others on the machine do not count.
double milliseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

template <typename Work>
double median_ms(const Work& work) {
  std::vector<double> taken;
  for (int round = 0; round < kRounds; ++round) {
    const double start = milliseconds();
    work();
    taken.push_back(milliseconds() - start);
  }
  std::ranges::nth_element(taken, taken.begin() + kRounds / 2);
  return taken[kRounds / 2];
}

}  // namespace

int main() {
  std::vector<std::vector<Rollup>> services;
  for (int service = 0; service < kServices; ++service) services.push_back(rollups(service));
  std::vector<signalbox::web::charts::Svg> drawn(kServices);
  std::size_t bytes = 0;
  const double drawing = median_ms([&] {
    bytes = 0;
    for (std::size_t at = 0; at < services.size(); ++at) {
      drawn[at] = signalbox::web::charts::strip(services[at], kNow);
      bytes += drawn[at].markup.size();
    }
  });
  volatile double seen = 0;
  const double reading = median_ms([&] {
    double sum = 0;
    for (const auto& list : services) {
      for (const Rollup& day : list) {
        sum += day.states.up + day.states.issue + day.states.down + day.states.unknown;
      }
    }
    seen = sum;
  });
  std::printf("%d services x 90 days: %.2f ms of processor time (limit %.0f), %zu KiB of SVG\n",
              kServices, drawing, kLimitMs, bytes / 1024);
  std::printf("reading the same rollups: %.2f ms; drawing takes %.1f times that\n", reading,
              drawing / reading);
  return drawing <= kLimitMs ? 0 : 1;
}
