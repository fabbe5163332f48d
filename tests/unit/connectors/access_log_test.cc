// The access_log source on real files: growth, halves of lines, rotation, truncation, restarts.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors::access_log {
namespace {

namespace fs = std::filesystem;
using signalbox::testing::FakeClock;
using signalbox::testing::FakePause;
using signalbox::testing::run;
using signalbox::testing::ScriptedHttp;

class AccessLogTest : public ::testing::Test {
 protected:
  AccessLogTest() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~AccessLogTest() override { fs::remove_all(folder_); }

  static std::string line(int status, const std::string& path = "/",
                          const std::string& time = "21/Nov/2026:04:00:00 +0000") {
    return "127.0.0.1 - - [" + time + "] \"GET " + path + " HTTP/1.1\" " + std::to_string(status) +
           " 3 \"-\" \"curl\" 0.001\n";
  }
  void write(const std::string& text) { std::ofstream(log_, std::ios::app) << text; }

  /// One poll ten seconds on, by a meter made anew: nothing is remembered but the cursor.
  Measured poll() {
    clock_.advance(std::chrono::seconds(10));
    auto measured = run(meter()->poll(cursor_)).value();
    cursor_ = measured.cursor;
    return measured;
  }
  std::unique_ptr<Meter> meter() {
    setup_.id = "web";
    setup_.every = std::chrono::seconds(10);
    setup_.directory = folder_.string();
    setup_.settings = Settings({{"path", {"access.log", {}, 1, 1}}});
    if (setup_.questions.empty()) setup_.questions.push_back({"API", Settings()});
    return meter_kind("access_log")->make(setup_, World{http_, pause_, clock_});
  }
  /// `good/total` of the first service over one poll's readings.
  static std::string sums(const Measured& measured) {
    double good = 0, total = 0;
    for (const Reading& reading : measured.readings) {
      if (reading.service != measured.readings[0].service) continue;
      good += reading.good;
      total += reading.total;
    }
    return std::to_string(int(good)) + "/" + std::to_string(int(total));
  }

  fs::path folder_ =
      fs::temp_directory_path() / ("signalbox_access_log_" + std::to_string(::getpid()) + "_" +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  fs::path log_ = folder_ / "access.log";
  FakeClock clock_;
  FakePause pause_{clock_};
  ScriptedHttp http_{
      [](const net::Request&) { return Result<net::Response>(unavailable("none")); }};
  SourceSetup setup_;
  std::string cursor_;
};

TEST_F(AccessLogTest, SaysHowLongRequestsTookWhereTheLogDoes) {
  poll();
  std::string slow = line(200);
  slow.replace(slow.find("0.001"), 5, "1.500");
  std::string untimed = line(200);
  untimed.erase(untimed.find(" 0.001"), 6);
  write(line(200) + line(503) + slow + untimed + line(499));
  Latencies expected;
  expected.add(Duration(1), 2);
  expected.add(Duration(1500));
  const Measured measured = poll();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].latencies, expected) << "but not of a caller who went away";
}

TEST_F(AccessLogTest, BeginsAtTheEndAndCountsWhatIsWrittenAfter) {
  write(line(500) + line(500));
  EXPECT_TRUE(poll().readings.empty());
  write(line(200) + line(404) + line(503));
  const Measured measured = poll();
  EXPECT_EQ(sums(measured), "2/3");
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].instant, clock_.now());
  EXPECT_EQ(measured.readings[0].source, "web");
  EXPECT_TRUE(measured.complaints.empty());
}

TEST_F(AccessLogTest, AQuietLogIsAReadingOfNoRequests) {
  write(line(200));
  poll();
  const Measured measured = poll();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].total, 0);
}

TEST_F(AccessLogTest, LeavesAHalfWrittenLineForNextTime) {
  write(line(200) + "127.0.0.1 - - [21/Nov/2026:0");
  poll();
  write(line(200).substr(28) + line(500).substr(0, 40));
  EXPECT_EQ(sums(poll()), "1/1");
  write(line(500).substr(40));
  EXPECT_EQ(sums(poll()), "0/1");
}

TEST_F(AccessLogTest, FinishesTheOldFileBeforeTheNewOne) {
  write(line(200));
  poll();
  write(line(500));
  fs::rename(log_, folder_ / "access.log.1");
  write(line(200) + line(200));
  Measured measured = poll();
  EXPECT_EQ(sums(measured), "2/3");
  EXPECT_TRUE(measured.complaints.empty());
  // The server still had the old one open.
  std::ofstream(folder_ / "access.log.1", std::ios::app) << line(502);
  write(line(200));
  EXPECT_EQ(sums(poll()), "1/2");
  for (int i = 0; i < 8; ++i) EXPECT_EQ(sums(poll()), "0/0");
  std::ofstream(folder_ / "access.log.1", std::ios::app) << line(502);
  EXPECT_EQ(sums(poll()), "0/0") << "a minute later it is let go";
}

TEST_F(AccessLogTest, GoesOnWithTheOldFileUntilThereIsANewOne) {
  write(line(200));
  poll();
  fs::rename(log_, folder_ / "access.log-20261121");
  std::ofstream(folder_ / "access.log-20261121", std::ios::app) << line(500);
  Measured measured = poll();
  EXPECT_EQ(sums(measured), "0/1");
  EXPECT_EQ(measured.complaints.size(), 1U);
  write(line(200));
  EXPECT_EQ(sums(poll()), "1/1");
}

TEST_F(AccessLogTest, SaysWhenTheOldFileIsNotBeside) {
  write(line(200));
  poll();
  std::ofstream(folder_ / "new", std::ios::app) << line(200);
  fs::rename(folder_ / "new", log_);
  const Measured measured = poll();
  EXPECT_EQ(sums(measured), "1/1");
  ASSERT_EQ(measured.complaints.size(), 1U);
  EXPECT_NE(measured.complaints[0].find("was rotated"), std::string::npos);
}

TEST_F(AccessLogTest, ReadsATruncatedFileFromItsStart) {
  write(line(200) + line(200) + line(200));
  poll();
  fs::resize_file(log_, 0);
  write(line(500));
  EXPECT_EQ(sums(poll()), "0/1");
}

TEST_F(AccessLogTest, SeesATruncatedFileThatGrewBeyondTheOldPlace) {
  write(line(200, "/old"));
  poll();
  fs::resize_file(log_, 0);
  write(line(200, "/new") + line(500) + line(500));
  EXPECT_EQ(sums(poll()), "1/3");
}

TEST_F(AccessLogTest, AMissingFileIsAComplaintAndIsReadFromItsStartWhenItComes) {
  Measured measured = poll();
  EXPECT_TRUE(measured.readings.empty());
  ASSERT_EQ(measured.complaints.size(), 1U);
  EXPECT_NE(measured.complaints[0].find("access.log: No such file"), std::string::npos);
  write(line(200));
  EXPECT_EQ(sums(poll()), "1/1");
  EXPECT_EQ(sums(poll()), "0/0");
}

TEST_F(AccessLogTest, KeepsItsPlaceWhileTheFileCannotBeRead) {
  write(line(200));
  poll();
  fs::rename(log_, folder_ / "elsewhere");
  EXPECT_TRUE(poll().readings.empty());
  fs::rename(folder_ / "elsewhere", log_);
  write(line(500));
  EXPECT_EQ(sums(poll()), "0/1");
}

TEST_F(AccessLogTest, CountsLinesItCannotReadAndSaysSoOnce) {
  write("");
  poll();
  write("what is this\n\n" + line(200) + "\xFF and this\n");
  const Measured measured = poll();
  EXPECT_EQ(sums(measured), "1/1");
  ASSERT_EQ(measured.complaints.size(), 1U);
  EXPECT_NE(measured.complaints[0].find("2 lines are"), std::string::npos);
  EXPECT_NE(measured.complaints[0].find("what is this"), std::string::npos);
}

TEST_F(AccessLogTest, SortsABacklogByItsOwnTimes) {
  write(line(200));
  poll();  // at 04:00:10
  write(line(500, "/", "21/Nov/2026:04:00:12 +0000") +
        line(200, "/", "21/Nov/2026:04:05:00 +0000") +
        line(200, "/", "21/Nov/2026:05:30:00 +0000"));
  clock_.advance(std::chrono::hours(1));
  const Measured measured = poll();  // at 05:00:20
  ASSERT_EQ(measured.readings.size(), 3U);
  EXPECT_EQ(iso_seconds(measured.readings[0].instant), "2026-11-21T04:00:20Z");
  EXPECT_EQ(iso_seconds(measured.readings[1].instant), "2026-11-21T04:05:10Z");
  EXPECT_EQ(measured.readings[2].instant, clock_.now());
  EXPECT_EQ(measured.readings[0].total - measured.readings[0].good, 1);
}

TEST_F(AccessLogTest, AsksEachServiceForItsOwnPaths) {
  setup_.questions.push_back({"API", Settings({{"match", {"^/api/", {}, 1, 1}}})});
  setup_.questions.push_back({"ALLSITE", Settings()});
  write("");
  poll();
  write(line(200, "/api/x?y") + line(500, "/api/z") + line(500, "/"));
  const Measured measured = poll();
  ASSERT_EQ(measured.readings.size(), 2U);
  EXPECT_EQ(measured.readings[0].total, 2);
  EXPECT_EQ(measured.readings[0].good, 1);
  EXPECT_EQ(measured.readings[1].total, 3);
}

TEST_F(AccessLogTest, NamesMistakesInItsSettings) {
  SourceSetup setup;
  setup.settings =
      Settings({{"slow_after", {"soon", {}, 3, 4}}, {"request_time", {"days", {}, 5, 6}}});
  setup.questions.push_back({"API", Settings({{"match", {"(", {}, 7, 8}}})});
  meter_kind("access_log")->make(setup, World{http_, pause_, clock_});
  ASSERT_EQ(setup.settings.mistakes().size(), 3U);
  EXPECT_EQ(setup.settings.mistakes()[0].key, "path");
  ASSERT_EQ(setup.questions[0].settings.mistakes().size(), 1U);
  EXPECT_EQ(setup.questions[0].settings.mistakes()[0].line, 7);
}

TEST_F(AccessLogTest, TakesNonsenseForACursorAsFirstContact) {
  write(line(500));
  cursor_ = "{\"files\":7}";
  EXPECT_TRUE(poll().readings.empty());
  write(line(200));
  EXPECT_EQ(sums(poll()), "1/1");
}

}  // namespace
}  // namespace signalbox::connectors::access_log
