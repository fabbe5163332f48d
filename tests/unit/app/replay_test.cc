// The past replayed: leaping over what was calm finds the same as going step by step.
#include "app/cli/replay.h"

#include <gtest/gtest.h>

#include <random>

#include "app/cli/calm.h"
#include "app/setup.h"

namespace signalbox::app {
namespace {

using connectors::access_log::Series;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Time kBegin = *parse_iso("2026-11-21T00:00:00Z");

Plan plan(const std::string& thresholds) {
  const std::string text =
      "page: {name: Acme}\nservices:\n"
      "  - {id: API, availability: {source: log" +
      thresholds +
      "}}\n  - {id: SITE, availability: {source: log}}\n"
      "sources: [{id: log, kind: access_log, path: a.log, every: 60s}]\n";
  const auto loaded = config::load_text(text, "c.yaml");
  EXPECT_TRUE(loaded.config) << to_text(loaded.misfits.at(0));
  return set_up(*loaded.config).plan;
}

/// Sixteen hours of a service: now and then it fails a little, or much, or is hardly asked at all.
Series history(std::mt19937& chance) {
  Series series{seconds(60)};
  const std::int64_t first = series.number(kBegin);
  const std::int64_t length = 16 * 60;
  double bad = 0.001;
  double busy = 100;
  for (std::int64_t i = 0; i < length; ++i) {
    if (chance() % 120 == 0) bad = std::array{0.001, 0.001, 0.0, 0.02, 0.3}[chance() % 5];
    if (chance() % 300 == 0) busy = std::array{100.0, 100.0, 1000.0, 2.0, 0.0}[chance() % 5];
    const auto total = std::poisson_distribution<std::uint32_t>(busy + 1e-9)(chance);
    const auto failed = std::binomial_distribution<std::uint32_t>(total, bad)(chance);
    if (total > 0) series.cell(first + i) = {total - failed, total};
  }
  return series;
}

std::string told(const Replayed& all) {
  std::string text;
  for (const Change& change : all.changes) {
    text += iso(change.at) + " " + change.service + " " + std::string(word(change.to)) + " " +
            std::to_string(change.good) + "/" + std::to_string(change.total) + "\n";
  }
  for (const Told& one : all.announcements) text += iso(one.at) + " " + one.text + "\n";
  return text;
}

TEST(Replay, FindsTheSameLeapingAndStepByStep) {
  std::size_t changes = 0;
  for (unsigned seed = 0; seed < 12; ++seed) {
    std::mt19937 chance(seed);
    const Series api = history(chance);
    const Series site = history(chance);
    const std::vector<Track> tracks{{"log", "API", api}, {"log", "SITE", site}};
    const Plan with = plan(seed % 2 == 0 ? "" : ", better_after: 10m, window: 2m");
    const auto leapt = replay(with, tracks);
    const auto stepped = replay(with, tracks, false);
    ASSERT_TRUE(leapt && stepped);
    EXPECT_EQ(told(*leapt), told(*stepped)) << "seed " << seed;
    changes += stepped->changes.size();
  }
  EXPECT_GT(changes, 30U);
}

TEST(Replay, KnowsWhereItWasCalm) {
  Series series{seconds(60)};
  const std::int64_t first = series.number(kBegin);
  for (std::int64_t i = 0; i < 600; ++i) series.cell(first + i) = {i == 300 ? 90U : 100U, 100U};
  const Calm calm(series, Thresholds{});
  // The window fills from the first minute on; five windows hold the bad minute.
  EXPECT_EQ(calm.until(kBegin + minutes(10)), kBegin + minutes(300));
  EXPECT_EQ(calm.until(kBegin + minutes(302)), kBegin + minutes(302));
  EXPECT_EQ(calm.until(kBegin + minutes(306)), kBegin + minutes(600));
  EXPECT_EQ(calm.until(kBegin + hours(20)), kBegin + hours(20));
  EXPECT_EQ(Calm(Series{seconds(60)}, Thresholds{}).until(kBegin), kBegin);
}

}  // namespace
}  // namespace signalbox::app
