// What an hour of readings of a thousand services takes in memory, a reading a second each, and
// whether judging one more costs the same after an hour as after ten minutes.
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "availability/availability.h"

namespace signalbox {
namespace {

using std::chrono::seconds;

constexpr int kServices = 1000;
constexpr int kSeconds = 3600;
constexpr int kFirst = 600;  // the usual window is full after five minutes
constexpr int kCounted = 300;
constexpr double kLimitMiB = 200;
constexpr double kLimitRatio = 1.2;
const Time kStart = std::chrono::sys_days(std::chrono::days(20600));

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

double resident_mib() {
  std::ifstream file("/proc/self/statm");
  long all = 0;
  long resident = 0;
  file >> all >> resident;
  return static_cast<double>(resident * sysconf(_SC_PAGESIZE)) / (1 << 20);
}

Reading reading_at(int second) {
  Reading reading;
  reading.source = "prometheus";
  reading.service = "service";
  reading.instant = kStart + second * seconds(1);
  reading.good = 99;
  reading.total = 100;
  for (int k = 0; k < 8; ++k) reading.latencies.add(Duration(20 + k * k * 9), 12);
  return reading;
}

/// One more reading for every service; its processor time, in µs a service.
double second(std::vector<availability::Judge>& judges, int n) {
  const Reading reading = reading_at(n);
  const double before = cpu_seconds();
  for (availability::Judge& judge : judges) {
    judge.add(reading);
    judge.evaluate(reading.instant);
  }
  return (cpu_seconds() - before) / kServices * 1e6;
}

int measure() {
  const double before = resident_mib();
  std::vector<availability::Judge> judges(kServices, availability::Judge(Thresholds{}, seconds(1)));
  double early = 0;
  double late = 0;
  for (int n = 0; n < kSeconds; ++n) {
    const double took = second(judges, n);
    if (n >= kFirst && n < kFirst + kCounted) early += took / kCounted;
    if (n >= kSeconds - kCounted) late += took / kCounted;
  }
  const double memory = resident_mib() - before;
  std::printf("%d services, %d readings each: %.0f MiB (limit %.0f)\n", kServices, kSeconds, memory,
              kLimitMiB);
  std::printf(
      "one more after ten minutes %.2f us, after an hour %.2f us, ratio %.2f (limit %.1f)\n", early,
      late, late / early, kLimitRatio);
  return memory <= kLimitMiB && late / early <= kLimitRatio ? 0 : 1;
}

}  // namespace
}  // namespace signalbox

int main() { return signalbox::measure(); }
