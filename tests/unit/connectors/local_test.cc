#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/run.h"

namespace signalbox::connectors {
namespace {

class LocalTest : public ::testing::Test {
 protected:
  std::unique_ptr<Network> make(const std::string& file) {
    AccountSetup setup;
    if (!file.empty()) setup.settings = Settings({{"file", Setting{file, {}, 1, 1}}});
    return network_kind("local")->make(setup, {http_, pause_, clock_});
  }
  static Delivery delivery(const std::string& text) {
    Delivery one;
    one.id = "a1/local";
    one.text = text;
    return one;
  }

  testing::FakeClock clock_;
  testing::FakePause pause_{clock_};
  std::unique_ptr<testing::Stage> stage_ = testing::make_stage("local", clock_);
  testing::FakeHttp http_{*stage_};
};

TEST_F(LocalTest, NeedsNoSettingsAndNoNetwork) {
  const auto local = make("");
  const auto said = testing::run(local->say(delivery("API-DOWN: x")));
  ASSERT_TRUE(said);
  EXPECT_EQ(said->id, "a1/local");
  EXPECT_TRUE(testing::run(local->fetch(""))->posts.empty());
  EXPECT_TRUE(http_.requests().empty());
}

TEST_F(LocalTest, WritesALineForEachAnnouncementWhateverItHolds) {
  const std::string file = ::testing::TempDir() + "announced.jsonl";
  std::filesystem::remove(file);
  const auto local = make(file);
  ASSERT_TRUE(testing::run(local->say(delivery("one\ntwo \xff \"three\""))));
  ASSERT_TRUE(testing::run(local->say(delivery("four"))));
  std::ifstream in(file);
  std::string first;
  std::string second;
  ASSERT_TRUE(std::getline(in, first) && std::getline(in, second));
  EXPECT_EQ(nlohmann::json::parse(first)["text"], "one\ntwo \xEF\xBF\xBD \"three\"");
  EXPECT_EQ(nlohmann::json::parse(second)["text"], "four");
}

TEST_F(LocalTest, SaysWhereItCouldNotWrite) {
  const auto said = testing::run(make("/nowhere/at/all.jsonl")->say(delivery("x")));
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().code, Error::Code::unavailable);
  EXPECT_NE(said.error().what.find("/nowhere/at/all.jsonl"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::connectors
