// Readings made short for the tests.
#pragma once

#include <string>

#include "availability/availability.h"

namespace signalbox::availability {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

inline Reading requests(Time instant, double good, double total, std::string source = "prom") {
  Reading r;
  r.source = std::move(source);
  r.service = "API";
  r.instant = instant;
  r.good = good;
  r.total = total;
  return r;
}

inline Reading attempt(Time instant, bool good, std::string source = "API/http/1") {
  Reading r = requests(instant, good ? 1 : 0, 1, std::move(source));
  r.check = true;
  return r;
}

/// A judge with a clock: each minute one reading.
struct Minutes {
  Judge judge{Thresholds{}, minutes(1)};
  Time now = kStart;

  /// One minute passes, `percent` of `total` requests were good.
  Measurement say(double percent, double total = 1000) {
    now += minutes(1);
    judge.add(requests(now, total * percent / 100, total));
    return judge.evaluate(now);
  }
  /// The same, `n` times; gives the last.
  Measurement say_for(int n, double percent, double total = 1000) {
    Measurement last;
    for (int i = 0; i < n; ++i) last = say(percent, total);
    return last;
  }
  Measurement silence(Duration span) {
    now += span;
    return judge.evaluate(now);
  }
};

}  // namespace signalbox::availability
