// What an hour of readings of a thousand services takes in memory, a reading a second each, and
// whether judging one more costs the same after an hour as after ten minutes.
#include <time.h>
#include <unistd.h>

#include <algorithm>
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

double median(std::vector<double> of) {
  std::nth_element(of.begin(), of.begin() + static_cast<long>(of.size() / 2), of.end());
  return of[of.size() / 2];
}

std::vector<availability::Judge> aged(int seconds_of_readings) {
  std::vector<availability::Judge> judges(kServices, availability::Judge(Thresholds{}, seconds(1)));
  for (int n = 0; n < seconds_of_readings; ++n) second(judges, n);
  return judges;
}

int measure() {
  const double before = resident_mib();
  std::vector<availability::Judge> old = aged(kSeconds);
  const double memory = resident_mib() - before;
  std::vector<availability::Judge> young = aged(kFirst);
  std::vector<double> early;
  std::vector<double> late;
  for (int n = 0; n < kCounted; ++n) {  // in turn: both meet the same machine
    early.push_back(second(young, kFirst + n));
    late.push_back(second(old, kSeconds + n));
  }
  const double ratio = median(late) / median(early);
  std::printf("%d services, %d readings each: %.0f MiB (limit %.0f)\n", kServices, kSeconds, memory,
              kLimitMiB);
  std::printf(
      "one more after ten minutes %.2f us, after an hour %.2f us, ratio %.2f (limit %.1f)\n",
      median(early), median(late), ratio, kLimitRatio);
  return memory <= kLimitMiB && ratio <= kLimitRatio ? 0 : 1;
}

}  // namespace
}  // namespace signalbox

int main() { return signalbox::measure(); }
