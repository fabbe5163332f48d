// Access logs of the past: counted, and told of as a running server would have.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/cli/backtest_command.h"
#include "base/time.h"

namespace signalbox::app {
namespace {

using nlohmann::json;
using std::chrono::seconds;
using testing::HasSubstr;

const Time kBegin = *parse_iso("2026-11-21T04:00:00Z");

/// One line of the combined format.
std::string request(Time at, const std::string& path, int status, const std::string& more = "") {
  const std::string t = iso_seconds(at);  // 2026-11-21T04:00:00Z
  return "1.1.1.1 - - [21/Nov/2026:" + t.substr(11, 8) + " +0000] \"GET " + path + " HTTP/1.1\" " +
         std::to_string(status) + " 3 \"-\" \"-\"" + more + "\n";
}

/// A request a second to /api from `from` to `until` (seconds after four); `bad` of ten fail.
std::string traffic(int from, int until, int bad) {
  std::string log;
  for (int i = from; i < until; ++i)
    log += request(kBegin + seconds(i), "/api/v1", i % 10 < bad ? 503 : 200);
  return log;
}

/// Ten minutes well, ten minutes of half the requests failing, twenty minutes well.
std::string outage() { return traffic(0, 600, 0) + traffic(600, 1200, 5) + traffic(1200, 2400, 0); }

class Backtest : public testing::Test {
 protected:
  Backtest()
      : folder_(std::filesystem::temp_directory_path() /
                ("signalbox_backtest_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
    configure("{id: log, kind: access_log, path: access.log, every: 10s}");
  }
  ~Backtest() override { std::filesystem::remove_all(folder_); }

  void configure(const std::string& source) {
    std::ofstream(folder_ / "c.yaml")
        << "page: {name: Acme, time_zone: Europe/Paris}\nservices:\n"
           "  - {id: API, availability: {source: log, match: ^/api}}\n"
           "  - {id: SITE, availability: {source: log}}\n  - {id: MAIL}\n"
           "sources: [" +
               source +
               "]\n"
               "accounts: [{id: ops, kind: slack, token: '${SB_NOT_SET}', channel: C1}]\n";
  }

  std::string log(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }

  std::string packed(const std::string& name, const std::string& text) {
    const std::string path = (folder_ / name).string();
    gzFile file = gzopen(path.c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return path;
  }

  int run(const std::vector<std::string>& logs, std::ostream& out) {
    return backtest_command((folder_ / "c.yaml").string(), logs, out, err_);
  }

  json told(const std::vector<std::string>& logs) {
    std::ostringstream out;
    EXPECT_EQ(run(logs, out), 0) << err_.str();
    return json::parse(out.str());
  }

  std::filesystem::path folder_;
  std::ostringstream err_;
};

std::vector<std::string> changes_of(const json& all, const std::string& service) {
  std::vector<std::string> changes;
  for (const json& change : all["changes"]) {
    if (change["service"] != service) continue;
    changes.push_back(change["from"].get<std::string>() + ">" + change["to"].get<std::string>());
  }
  return changes;
}

TEST_F(Backtest, FindsAnOutageAndItsEndAtTheirTimes) {
  const json all = told({log("access.log", outage())});
  EXPECT_THAT(changes_of(all, "API"), testing::ElementsAre("UNKNOWN>UP", "UP>ISSUE", "ISSUE>DOWN",
                                                           "DOWN>ISSUE", "ISSUE>UP"));
  EXPECT_TRUE(changes_of(all, "MAIL").empty());
  std::vector<Time> times;
  for (const json& change : all["changes"]) {
    if (change["service"] == "API") times.push_back(*parse_iso(change["time"].get<std::string>()));
  }
  // Twenty requests are enough; 1 % of 300 is 3, 10 % is 30; twice in a row each.
  EXPECT_EQ(times[0], kBegin + seconds(20));
  EXPECT_EQ(times[1], kBegin + seconds(620));
  EXPECT_EQ(times[2], kBegin + seconds(680));
  EXPECT_EQ(times.back(), kBegin + seconds(1500)) << "five minutes after the last failure";
}

TEST_F(Backtest, AnnouncesWhatAServerWouldHave) {
  const json all = told({log("access.log", outage())});
  const json& said = all["announcements"];
  ASSERT_EQ(said.size(), 4U) << said.dump(2);
  EXPECT_THAT(said[0]["text"], HasSubstr("API,SITE-ISSUE: "));
  EXPECT_EQ(said[0]["time"], "2026-11-21T05:10:30+01:00") << "once the group is complete";
  EXPECT_THAT(said[1]["text"], HasSubstr("API,SITE-DOWN: "));
  EXPECT_THAT(said[2]["text"], HasSubstr("API,SITE-ISSUE: back to "));
  EXPECT_THAT(said[3]["text"], HasSubstr("API,SITE-UP: back to "));
  EXPECT_EQ(said[3]["audience"], "followers_and_staff");
}

TEST_F(Backtest, CountsByServiceAndFamily) {
  const json all = told(
      {log("access.log", request(kBegin, "/api/a", 200) + request(kBegin, "/", 302) +
                             request(kBegin, "/x", 404, " 0.1") + request(kBegin, "/api/b", 503) +
                             request(kBegin, "/", 499, " 0.1") + "nonsense\n\n"),
       packed("access.log.1.gz", request(kBegin, "/api/c", 200) + "more\n")});
  EXPECT_EQ(all["lines"], 8);
  EXPECT_EQ(all["unparsable"], 2);
  EXPECT_EQ(all["first_unparsable"], "nonsense");
  EXPECT_EQ(all["services"].size(), 2U);
  EXPECT_EQ(all["services"]["API"], json::parse(R"({"good":2,"total":3,"left_out":0,
      "families":{"2xx":2,"3xx":0,"4xx":0,"5xx":1}})"));
  EXPECT_EQ(all["services"]["SITE"], json::parse(R"({"good":4,"total":5,"left_out":1,
      "families":{"2xx":2,"3xx":1,"4xx":2,"5xx":1}})"));
  EXPECT_TRUE(changes_of(all, "API").empty()) << "too few requests prove nothing";
}

TEST_F(Backtest, TakesLogsInAnyOrderAndOverlapping) {
  const json whole = told({log("access.log", outage())});
  const std::string late = traffic(600, 1200, 5) + traffic(1200, 2400, 0);
  std::string odd;
  std::string even;
  std::istringstream lines(traffic(0, 600, 0));
  bool first = true;
  for (std::string line; std::getline(lines, line); first = !first)
    (first ? odd : even) += line + "\n";
  const json parts = told({log("b.log", late), packed("a.log.gz", odd), log("c.log", even)});
  EXPECT_EQ(parts, whole);
}

TEST_F(Backtest, SaysNothingTwiceOverASilenceOfMonths) {
  std::string far = traffic(0, 600, 0);
  for (auto at = far.find("Nov/2026"); at != std::string::npos; at = far.find("Nov/2026", at))
    far.replace(at, 8, "Mar/1990");
  const json all = told({log("access.log", far + outage())});
  EXPECT_THAT(changes_of(all, "API"),
              testing::ElementsAre("UNKNOWN>UP", "UP>UNKNOWN", "UNKNOWN>UP", "UP>ISSUE",
                                   "ISSUE>DOWN", "DOWN>ISSUE", "ISSUE>UP"));
}

TEST_F(Backtest, GivesAnEmptyStoryOfAnEmptyLog) {
  const json all = told({log("access.log", "")});
  EXPECT_EQ(all["lines"], 0);
  EXPECT_EQ(all["unparsable"], 0);
  EXPECT_TRUE(all["from"].is_null());
  EXPECT_EQ(all["services"]["API"]["total"], 0);
  EXPECT_TRUE(all["changes"].empty());
  EXPECT_TRUE(all["announcements"].empty());
}

TEST_F(Backtest, RefusesLogsItCannotReadAndConfigurationsWithoutAny) {
  std::ostringstream out;
  EXPECT_EQ(run({(folder_ / "none.log").string()}, out), 1);
  EXPECT_THAT(err_.str(), HasSubstr("none.log"));
  configure("{id: log, kind: access_log, path: access.log, evry: 10s}");
  EXPECT_EQ(run({log("access.log", "")}, out), 2);
  EXPECT_THAT(err_.str(), HasSubstr("evry"));
  EXPECT_EQ(out.str(), "");
}

}  // namespace
}  // namespace signalbox::app
