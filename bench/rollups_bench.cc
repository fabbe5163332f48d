// What a kept reading costs with 1, 30 and 400 days of history, and what share of one processor
// core a thousand services with a reading each second take on the core.
#include <sqlite3.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/core/core.h"
#include "base/check.h"
#include "store/open.h"

namespace signalbox {
namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kServices = 50;
constexpr int kRounds = 240;  // of one reading a service each
constexpr double kLimit = 1.2;
const Time kNow = std::chrono::sys_days(days(20600)) + minutes(17);

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

std::string number(std::int64_t n) { return std::to_string(n); }

/// Rows of one grain for every service, `count` of them before now.
std::string history(store::Grain grain, std::int64_t count, int services = kServices) {
  const std::int64_t span = span_of(grain).count();
  const std::int64_t newest = store::floor_to(kNow, Duration(span)).time_since_epoch().count();
  return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
         number(count) + "), s(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM s WHERE j < " +
         number(services - 1) + ") INSERT INTO rollup SELECT " + number(span / 1000) + ", " +
         number(newest) + " - i * " + number(span) +
         ", 'service-' || j, 990, 1000, 0, 0, 0, 0, randomblob(0) FROM n, s ORDER BY 2, 3;";
}

std::string readings(std::int64_t count) {
  return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
         number(count) + "), s(j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM s WHERE j < " +
         number(kServices - 1) + ") INSERT INTO reading SELECT " +
         number(kNow.time_since_epoch().count()) +
         " - i * 10000, 'source', 'service-' || j, 99, 100, 0, 0, NULL, NULL, NULL, NULL FROM"
         " n, s ORDER BY 1, 3;";
}

/// Puts rows into the store at `path`, which is open elsewhere.
void fill(const std::string& path, const std::string& rows) {
  sqlite3* file = nullptr;
  check(sqlite3_open((path + "-readings").c_str(), &file) == SQLITE_OK, "the file opens");
  const std::string sql = "BEGIN;" + rows + "COMMIT;";
  check(sqlite3_exec(file, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, "it is filled");
  sqlite3_wal_checkpoint_v2(file, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
  sqlite3_close(file);
}

/// A store with so many days of history, within what is kept unless said.
class Filled {
 public:
  Filled(const fs::path& folder, int history_days) : days_(history_days) {
    const std::string path = (folder / number(history_days)).string();
    store_ = std::move(store::open("sqlite:" + path)).value();
    const app::Retention kept;
    const auto of = [&](Duration retained, Duration span) {
      return std::min<Duration>(retained, days(history_days)) / span;
    };
    fill(path, readings(of(kept.readings, seconds(10))) +
                   history(store::Grain::minute, of(kept.minutes, minutes(1))) +
                   history(store::Grain::hour, of(kept.hours, std::chrono::hours(1))) +
                   history(store::Grain::day, history_days));
  }

  /// Keeps a round of readings; the processor time goes to `took`.
  void round(int n) {
    std::vector<Reading> all;
    for (int j = 0; j < kServices; ++j) {
      Reading reading;
      reading.source = "source";
      reading.service = "service-" + number(j);
      reading.instant = kNow + n * seconds(10);
      reading.good = 99;
      reading.total = 100;
      for (int k = 0; k < 20; ++k) reading.latencies.add(Duration(20 + k * k * 3 + j), 5);
      all.push_back(std::move(reading));
    }
    const double before = cpu_seconds();
    check(store_->keep_readings(all, {}).has_value(), "readings are kept");
    took_.push_back((cpu_seconds() - before) / kServices * 1e6);
  }
  double median() {
    std::ranges::sort(took_);
    return took_.at(took_.size() / 2);
  }
  double mean() const {
    double all = 0;
    for (const double one : took_) all += one;
    return all / static_cast<double>(took_.size());
  }
  int days_of_history() const { return days_; }

 private:
  int days_;
  std::unique_ptr<store::Store> store_;
  std::vector<double> took_;
};

bool cost_of_history(const fs::path& folder) {
  std::vector<Filled> stores;
  for (const int history_days : {1, 30, 400}) stores.emplace_back(folder, history_days);
  for (int n = 1; n <= kRounds; ++n) {
    for (Filled& store : stores) store.round(n);
  }
  const double base = stores.front().median();
  bool held = true;
  for (Filled& store : stores) {
    const double ratio = store.median() / base;
    held = held && ratio <= kLimit;
    std::printf(
        "a reading after %3d days: %6.1f us (mean %6.1f), %.2f of that after 1 (limit %.1f)\n",
        store.days_of_history(), store.median(), store.mean(), ratio, kLimit);
  }
  return held;
}

class SetClock final : public Clock {
 public:
  Time now() const override { return now_; }
  SteadyTime steady() const override { return SteadyTime(now_.time_since_epoch()); }
  void advance(Duration length) { now_ += length; }

 private:
  Time now_ = kNow;
};

class Nobody final : public app::Surroundings {
 public:
  void hand_out(const outbox::Job& /*job*/) override {}
  Limits limits(const std::string& /*account*/) override { return {}; }
  std::uint64_t random() override { return 0; }
};

constexpr int kMany = 1000;
constexpr int kSources = 20;
constexpr int kSeconds = 120;

app::Plan plan_of_many() {
  app::Plan plan;
  for (int j = 0; j < kMany; ++j) {
    Service service;
    service.id = service.name = "service-" + number(j);
    service.measured = true;
    service.start = std::chrono::floor<days>(kNow) - days(100);
    plan.services.push_back(service);
    plan.intervals[service.id] = seconds(1);
  }
  plan.lexicon = grammar::Lexicon(plan.services, Zone(), {});
  return plan;
}

/// What one source says of its services at this instant.
connectors::Measured second_of(int source, Time now) {
  connectors::Measured measured;
  for (int j = source; j < kMany; j += kSources) {
    Reading reading;
    reading.source = "source-" + number(source);
    reading.service = "service-" + number(j);
    reading.instant = now;
    reading.good = 99;
    reading.total = 100;
    for (int k = 0; k < 8; ++k) reading.latencies.add(Duration(20 + k * k * 9), 12);
    measured.readings.push_back(std::move(reading));
  }
  return measured;
}

void many_services(const fs::path& folder) {
  const std::string path = (folder / "many").string();
  const auto store = std::move(store::open("sqlite:" + path)).value();
  fill(path, history(store::Grain::hour, 24, kMany) + history(store::Grain::day, 91, kMany));
  SetClock clock;
  board::Board board;
  Nobody nobody;
  app::Core core(*store, clock, board, nobody, plan_of_many());
  check(core.start().ok(), "the core starts");
  double busy = 0;
  double longest = 0;
  for (int n = 0; n < kSeconds; ++n) {
    clock.advance(seconds(1));
    for (int source = 0; source < kSources; ++source) {
      const auto measured = second_of(source, clock.now());
      const double before = cpu_seconds();
      core.take_readings(measured.readings[0].source, measured, std::nullopt,
                         [](const Status& kept) { check(kept.ok(), "readings are kept"); });
      if (source + 1 == kSources) core.tick();
      core.commit();
      const double turn = cpu_seconds() - before;
      busy += turn;
      longest = std::max(longest, turn);
    }
  }
  std::printf(
      "1,000 services, a reading each second: %.2f of one processor core; longest turn %.0f ms\n",
      busy / kSeconds, longest * 1e3);
}

int measure() {
  std::string name = (fs::temp_directory_path() / "signalbox-bench-XXXXXX").string();
  check(mkdtemp(name.data()) != nullptr, "a folder");
  const bool held = cost_of_history(name);
  many_services(name);
  fs::remove_all(name);
  return held ? 0 : 1;
}

}  // namespace
}  // namespace signalbox

int main() { return signalbox::measure(); }
