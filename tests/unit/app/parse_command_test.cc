#include "app/cli/parse_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace signalbox::app {
namespace {

using nlohmann::json;

class NoClock final : public Clock {
 public:
  Time now() const override { return {}; }
  SteadyTime steady() const override { return {}; }
};

class ParseCommand : public testing::Test {
 protected:
  ParseCommand()
      : path_(std::filesystem::temp_directory_path() /
              ("signalbox_parse_" + std::to_string(getpid()) + ".yaml")) {
    std::ofstream(path_) << "page: {time_zone: Europe/Paris}\nservices:\n"
                            "  - {id: API, group: EU West, aliases: [rest]}\n  - {id: JS}\n"
                            "accounts: [{id: a, kind: slack, token: '${SB_NOT_SET}'}]\n";
  }
  ~ParseCommand() override { std::filesystem::remove(path_); }

  std::vector<json> parsed(std::vector<std::string> texts, const std::string& in = "") {
    std::istringstream input(in);
    std::ostringstream out;
    EXPECT_EQ(parse_command({path_.string(), now_, std::move(texts)}, NoClock(), input, out, err_),
              0)
        << err_.str();
    std::vector<json> lines;
    std::istringstream all(out.str());
    for (std::string line; std::getline(all, line);) lines.push_back(json::parse(line));
    return lines;
  }

  std::filesystem::path path_;
  std::string now_ = "2026-11-21T10:00:00+01:00";
  std::ostringstream err_;
};

TEST_F(ParseCommand, TellsAReportWithAllKeys) {
  const auto lines = parsed({"rest,JS-ISSUE [until 18:00]: slow"});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0], json::parse(R"({"kind":"report","services":["API","JS"],"state":"ISSUE",
      "phase":null,"from":null,"until":"2026-11-21T18:00:00+01:00","message":"slow",
      "suggestion":null})"));
}

TEST_F(ParseCommand, TellsPhasesAndNotices) {
  const auto lines = parsed({"API-IDENTIFIED: x", "API-RESOLVED: y", "JS: hello"});
  EXPECT_EQ(lines.at(0)["state"], nullptr);
  EXPECT_EQ(lines.at(0)["phase"], "IDENTIFIED");
  EXPECT_EQ(lines.at(1)["state"], "UP");
  EXPECT_EQ(lines.at(1)["phase"], "RESOLVED");
  EXPECT_EQ(lines.at(2)["kind"], "notice");
}

TEST_F(ParseCommand, ReadsEachLineOfItsInput) {
  const auto lines = parsed({}, "API-DOWN: \xff\n\nnothing\nAPi-DWON: x");
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0]["message"], "\xEF\xBF\xBD");
  EXPECT_EQ(lines[1]["kind"], "none");
  EXPECT_EQ(lines[2]["kind"], "none");
  EXPECT_EQ(lines[3]["kind"], "mistake");
  EXPECT_EQ(lines[3]["suggestion"], "API-DOWN: x");
  EXPECT_EQ(lines[3]["services"], json::array());
}

TEST_F(ParseCommand, TakesATimeWithoutOffsetFromThePagesClock) {
  now_ = "2026-11-21T17:00";
  EXPECT_EQ(parsed({"API-ISSUE [until 18:00]: slow"}).at(0)["until"], "2026-11-21T18:00:00+01:00");
  now_ = "2026-11-21T17:30Z";
  EXPECT_EQ(parsed({"API-ISSUE [until 18:00]: slow"}).at(0)["until"], "2026-11-22T18:00:00+01:00");
}

TEST_F(ParseCommand, RefusesATimeThatIsNone) {
  std::istringstream in;
  std::ostringstream out;
  EXPECT_EQ(parse_command({path_.string(), "noon", {"x"}}, NoClock(), in, out, err_), 2);
  EXPECT_THAT(err_.str(), testing::HasSubstr("ISO-8601"));
}

}  // namespace
}  // namespace signalbox::app
