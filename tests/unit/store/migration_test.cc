// Files of earlier schemas, with rows, brought up to date.
#include <gmock/gmock.h>

#include "store/sqlite/query.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sqlite_store.h"
#include "tests/conformance/store/subject.h"

namespace signalbox::store::sqlite {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::at;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Scratch;
using ::testing::SizeIs;

/// A readings file as schema 1 had it, with `sql` run on it; `at(0)` is a midnight.
void make_old(const std::string& path, const std::string& sql) {
  const Schema old{kReadingsSchema.application_id, kReadingsSchema.steps.first(1),
                   Durability::normal};
  ASSERT_TRUE(open_for_writing(path, old));
  testing::tamper(path, sql);
}

std::string ms(long s) { return std::to_string(at(s).time_since_epoch().count()); }
std::string row(const std::string& source, const std::string& service, long s,
                const std::string& rest) {
  return "INSERT INTO reading VALUES ('" + source + "', '" + service + "', " + ms(s) + ", " + rest +
         ");";
}
std::string day_sum(int day, const std::string& service, const std::string& rest) {
  return "INSERT INTO day_sum VALUES (" + std::to_string(20000 + day) + ", '" + service + "', " +
         rest + ");";
}

const std::string kRows =
    row("prom", "API", 60, "9, 10, 0, NULL") + row("prom", "API", 119, "5, 5, 0, NULL") +
    row("prom", "API", 7200, "1, 2, 0, NULL") + row("API/http/1", "API", 90, "0, 1, 1, 350") +
    row("prom", "JS", 60, "3, 4, 0, NULL") + day_sum(0, "API", "15, 17") +
    day_sum(0, "JS", "3, 4") + day_sum(-300, "API", "700, 800");

Rollup of(long s, Duration span, Sums requests, Sums tries = {}) {
  return {.from = at(s), .span = span, .requests = requests, .tries = tries};
}

class Migration : public ::testing::Test {
 protected:
  void open_with(const std::string& sql) {
    make_old(scratch_.path("db-readings"), sql);
    auto opened = open("sqlite:" + scratch_.path("db"));
    ASSERT_TRUE(opened) << opened.error().what;
    store_ = std::move(*opened);
  }
  std::vector<Rollup> rollups(Duration step) {
    return *store_->rollups("API", at(0) - days(400), at(0) + days(1), step);
  }

  Scratch scratch_;
  std::unique_ptr<Store> store_;
};

TEST_F(Migration, SumsMinutesHoursAndTriesAndKeepsTheDays) {
  open_with(kRows);
  EXPECT_THAT(rollups(minutes(1)),
              ElementsAre(of(60, minutes(1), {14, 15}, {0, 1}), of(7200, minutes(1), {1, 2})));
  EXPECT_THAT(rollups(hours(1)),
              ElementsAre(of(0, hours(1), {14, 15}, {0, 1}), of(7200, hours(1), {1, 2})));
  EXPECT_THAT(rollups(days(1)), ElementsAre(of(-300L * 86400, days(1), {700, 800}),
                                            of(0, days(1), {15, 17}, {0, 1})));
  EXPECT_THAT(*store_->readings(at(0)), SizeIs(5));
  EXPECT_TRUE(std::filesystem::exists(backup_path(scratch_.path("db-readings"), 1)));
}

TEST_F(Migration, AReadingOfThenIsStillCorrectedByTheDifference) {
  open_with(kRows);
  const Reading corrected{"prom", "API", at(60), 2, 30, false, std::nullopt, std::nullopt, {}};
  const Reading tried{"API/http/1", "API", at(90), 1, 1, true, std::nullopt, Duration(350), {}};
  ASSERT_TRUE(store_->keep_readings(std::vector{corrected, tried}, {}));
  Rollup expected = of(60, minutes(1), {7, 35}, {1, 1});
  expected.latencies.add(Duration(350));
  EXPECT_EQ(rollups(minutes(1)).front(), expected);
  EXPECT_EQ(rollups(days(1)).back().requests, (Sums{8, 37}));
}

TEST_F(Migration, WhatWasForgottenThenIsOnlyInTheDays) {
  open_with(row("prom", "API", 5430, "9, 10, 0, NULL") + row("prom", "API", 7200, "1, 2, 0, NULL") +
            day_sum(0, "API", "500, 600") + "INSERT INTO forgotten VALUES (1, " + ms(5415) + ");");
  EXPECT_THAT(rollups(minutes(1)), ElementsAre(of(0, days(1), {500, 600})))
      << "a day of which only the end is known by the minute is given whole";
  EXPECT_THAT(*store_->sums(Grain::minute, at(0)), SizeIs(1)) << "minute 90 is not whole";
  EXPECT_THAT(*store_->sums(Grain::hour, at(0)), SizeIs(1));
  const Reading late{"prom", "API", at(5414), 1, 1, false, std::nullopt, std::nullopt, {}};
  EXPECT_THAT(*store_->keep_readings(std::vector{late}, {}), IsEmpty());
}

TEST_F(Migration, PointsThatWereTextOfACursorAreRows) {
  const Schema old{kReadingsSchema.application_id, kReadingsSchema.steps.first(2),
                   Durability::normal};
  ASSERT_TRUE(open_for_writing(scratch_.path("db-readings"), old));
  const auto cursor = [](const std::string& of, const std::string& value) {
    return "INSERT INTO cursor VALUES ('" + of + "', '" + value + "');";
  };
  testing::tamper(scratch_.path("db-readings"),
                  cursor("metric\nms", "[[" + ms(90) + ",2.5],[" + ms(60) + ",7],[" + ms(120) +
                                           ",3],[1],7,[\"x\",1]]") +
                      cursor("metric\nbad", "[[") + cursor("prom", "c1"));
  auto opened = open("sqlite:" + scratch_.path("db"));
  ASSERT_TRUE(opened) << opened.error().what;
  EXPECT_THAT(*(*opened)->points("ms", at(0), at(3600), minutes(1)),
              ElementsAre(DrawnStretch{at(60), minutes(1), 1, 2.5, 2.5, 2.5},
                          DrawnStretch{at(120), minutes(1), 1, 3, 3, 3}));
  EXPECT_EQ(*(*opened)->reading_cursor("metric\nms"), std::nullopt);
  EXPECT_EQ(*(*opened)->reading_cursor("prom"), "c1");
}

TEST_F(Migration, OfTheLedgerKeepsEverythingAndFoldsAnew) {
  const Schema old{kLedgerSchema.application_id, kLedgerSchema.steps.first(2), Durability::full};
  ASSERT_TRUE(open_for_writing(scratch_.path("db"), old));
  testing::tamper(scratch_.path("db"),
                  "INSERT INTO event VALUES (1, 5, 1, 'x', '{}', NULL);"
                  "INSERT INTO checkpoint VALUES (1, 1, 'p', 'h');");
  auto opened = open("sqlite:" + scratch_.path("db"));
  ASSERT_TRUE(opened) << opened.error().what;
  EXPECT_EQ(*(*opened)->last_seq(), 1U);
  EXPECT_FALSE((*opened)->checkpoint()->has_value());
}

/// What SQLite does to answer `sql`.
std::string plan_of(const std::string& path, const std::string& sql) {
  auto file = Database::open(path, Access::read);
  // Id, parent, a number that says nothing, text.
  Query query = (*file)->query("EXPLAIN QUERY PLAN " + sql);
  std::string plan;
  while (*query.next()) {
    for (int column = 0; column < 4; ++column) plan += query.text() + " ";
  }
  return plan;
}

TEST_F(Migration, IncidentsOfThenAreLookedUpByTheirTime) {
  const Schema old{kLedgerSchema.application_id, kLedgerSchema.steps.first(3), Durability::full};
  ASSERT_TRUE(open_for_writing(scratch_.path("db"), old));
  testing::tamper(scratch_.path("db"),
                  "INSERT INTO incident VALUES ('a', '{\"opened\":50,\"resolved\":60}');"
                  "INSERT INTO incident VALUES ('b', '{\"opened\":10,\"resolved\":20}');"
                  "INSERT INTO incident VALUES ('c', '{\"opened\":5}'), ('d', 'no JSON');"
                  "INSERT INTO incident VALUES ('e', '{\"opened\":\"x\",\"resolved\":[]}');");
  ASSERT_TRUE(open("sqlite:" + scratch_.path("db")));
  const auto archive = sqlite::open_archive(scratch_.path("db")).value();
  const auto in = [&](int from, int to) {
    return *archive->incidents(Time(Duration(from)), Time(Duration(to)));
  };
  EXPECT_THAT(in(15, 51), ElementsAre("{\"opened\":5}", "{\"opened\":10,\"resolved\":20}",
                                      "{\"opened\":50,\"resolved\":60}"));
  EXPECT_THAT(in(21, 50), ElementsAre("{\"opened\":5}"));
  EXPECT_THAT(
      plan_of(scratch_.path("db"), "SELECT payload FROM incident WHERE ended >= 1 AND opened < 2"),
      ::testing::HasSubstr("USING INDEX incident_time (ended>?"));
}

}  // namespace
}  // namespace signalbox::store::sqlite
