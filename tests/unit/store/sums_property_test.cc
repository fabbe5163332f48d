// Sums against a naive recount: whatever is kept, corrected, left out and forgotten, in any order.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <random>
#include <set>

#include "tests/conformance/store/subject.h"

namespace signalbox::store {
namespace {

using testing::at;
using Key = std::pair<Time, std::string>;

/// One step: `what` 0 to 8 keeps a reading, 9 forgets.
struct Step {
  int what = 0;
  int minute = 0;
  int service = 0;
  int good = 0;
  int more = 0;
  bool quiet = false;
  bool check = false;
};

std::ostream& operator<<(std::ostream& out, const Step& s) {
  return out << s.what << "/" << s.minute << "/" << s.service << "/" << s.good << "+" << s.more
             << (s.quiet ? "q" : "") << (s.check ? "c" : "");
}

rc::Gen<Step> any_step() {
  return rc::gen::build<Step>(rc::gen::set(&Step::what, rc::gen::inRange(0, 10)),
                              rc::gen::set(&Step::minute, rc::gen::inRange(0, 60 * 24 * 3)),
                              rc::gen::set(&Step::service, rc::gen::inRange(0, 2)),
                              rc::gen::set(&Step::good, rc::gen::inRange(0, 4)),
                              rc::gen::set(&Step::more, rc::gen::inRange(0, 4)),
                              rc::gen::set(&Step::quiet, rc::gen::arbitrary<bool>()),
                              rc::gen::set(&Step::check, rc::gen::arbitrary<bool>()));
}

Reading reading_of(const Step& step) {
  Reading reading;
  reading.source = step.check ? "check" : "log";
  reading.service = step.service == 0 ? "API" : "JS";
  reading.instant = at(step.minute * 60L / 7 * 7);  // few keys, so that many are corrected
  reading.good = step.good;
  reading.total = step.good + step.more;
  reading.check = step.check;
  reading.quiet = step.quiet;
  if (!step.check && step.good > 0) reading.latencies.add(Duration(step.good * 40), step.good);
  return reading;
}

/// What a store should hold, remembered reading by reading.
class Recount {
 public:
  void keep(const Reading& reading) {
    if (reading.instant < gone_.readings) return;
    const auto key = std::tuple(reading.instant, reading.source, reading.service);
    readings_.insert(key);
    for (const Grain grain : kGrains) {
      if (begin(grain, reading.instant) < gone_.of(grain)) continue;
      counted_[grain][key] = reading;
    }
  }
  void forget(const Horizon& before) {
    if (std::erase_if(readings_, [&](const auto& k) { return std::get<0>(k) < before.readings; }))
      gone_.readings = std::max(gone_.readings, before.readings);
    for (const Grain grain : kGrains) {
      if (before.of(grain) == Time::min()) continue;
      const Time mark = begin(grain, before.of(grain));
      const auto old = [&](const auto& item) {
        return begin(grain, std::get<0>(item.first)) < mark;
      };
      if (std::erase_if(counted_[grain], old) > 0)
        gone_.of(grain) = std::max(gone_.of(grain), mark);
    }
  }
  /// The sums of all, a row each of `grain`.
  std::map<Key, Rollup> sums(Grain grain) {
    std::map<Key, Rollup> all;
    for (const auto& [key, reading] : counted_[grain]) {
      const Time from = begin(grain, reading.instant);
      Rollup& row = all[{from, reading.service}];
      row += counts_of(reading);
      row.from = from;
      row.span = span_of(grain);
    }
    return all;
  }

 private:
  static Time begin(Grain grain, Time instant) { return floor_to(instant, span_of(grain)); }

  using ReadingKey = std::tuple<Time, std::string, std::string>;
  Horizon gone_;
  std::set<ReadingKey> readings_;
  std::map<Grain, std::map<ReadingKey, Reading>> counted_;
};

Rollup total_of(const std::vector<Rollup>& rollups) {
  Rollup total;
  for (const Rollup& rollup : rollups) total += rollup;
  return total;
}

void expect_same(Store& store, Recount& recount) {
  for (const Grain grain : kGrains) {
    std::map<Key, Rollup> wanted = recount.sums(grain);
    const auto rows = *store.sums(grain, Time{});
    RC_ASSERT(rows.size() == wanted.size());
    for (const ServiceSums& row : rows) {
      Rollup& expected = wanted[{row.sums.from, row.service}];
      expected.latencies = {};
      RC_ASSERT(row.sums == expected);
    }
  }
  // However finely it is asked, nothing is missing and nothing counts twice.
  Rollup days;
  for (auto& [key, row] : recount.sums(Grain::day)) {
    if (key.second == "API") days += row;
  }
  for (const int step : {1, 7, 60, 90, 1440}) {
    const Duration minutes = std::chrono::minutes(step);
    const Time to = at(0) + std::chrono::days(4);
    const Rollup total = total_of(*store.rollups("API", floor_to(at(0), minutes), to, minutes));
    RC_ASSERT(total.requests == days.requests);
    RC_ASSERT(total.tries == days.tries);
    RC_ASSERT(total.left_out == days.left_out);
    RC_ASSERT(total.latencies == days.latencies);
  }
}

/// Readings go first, then minutes, then hours, as in a configuration.
Horizon horizon_of(const Step& step) {
  Horizon before{.readings = at(step.minute * 60L)};
  before.of(Grain::minute) = before.readings - std::chrono::minutes(40 * step.good);
  before.of(Grain::hour) = before.of(Grain::minute) - std::chrono::hours(5 * step.more);
  return before;
}

void play(Store& store, const std::vector<Step>& steps) {
  Recount recount;
  for (const Step& step : steps) {
    if (step.what < 9) {
      RC_ASSERT(store.keep_readings(std::vector{reading_of(step)}, {}).has_value());
      recount.keep(reading_of(step));
    } else {
      while (*store.forget(horizon_of(step), 3) > 0) {
      }
      recount.forget(horizon_of(step));
    }
  }
  expect_same(store, recount);
}

TEST(Sums, AreThoseOfANaiveRecount) {
  EXPECT_TRUE(rc::check("in memory", [] {
    MemoryStore store;
    play(store, *rc::gen::container<std::vector<Step>>(any_step()));
  }));
}

TEST(Sums, AreThoseOfANaiveRecountOnDisk) {
  std::mt19937 chance(7);  // opening files is slow: long runs instead of many
  const auto below = [&](int n) { return static_cast<int>(chance() % static_cast<unsigned>(n)); };
  for (int run = 0; run < 3; ++run) {
    std::vector<Step> steps;
    for (int n = 0; n < 300; ++n) {
      steps.push_back({n % 40 == 39 ? 9 : 0, below(60 * 24 * 3), below(2), below(4), below(4),
                       below(2) == 0, below(2) == 0});
    }
    testing::SqliteSubject subject;
    play(subject.store(), steps);
  }
}

}  // namespace
}  // namespace signalbox::store
