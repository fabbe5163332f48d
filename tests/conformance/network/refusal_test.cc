// What every network promises about a far side that refuses, hangs up or talks nonsense while it is
// read.
#include "tests/conformance/network/far_side.h"

namespace signalbox::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr int kKindsOfNonsense = 6;

class Refusal : public FarSide {
 protected:
  void SetUp() override {
    if (!remote()) GTEST_SKIP() << "skipped, because " << GetParam() << " has no far side";
    FarSide::SetUp();
  }
  /// After trouble, everything is still there at the cursor.
  void expect_nothing_lost(std::string cursor, const std::string& id) {
    EXPECT_THAT(ids(read(cursor)), ::testing::ElementsAre(id));
  }
  void expect_no_secret(const Error& error) {
    EXPECT_THAT(error.what, Not(HasSubstr(stage_->secret())));
    EXPECT_THAT(error.what, Not(HasSubstr("\n")));
    EXPECT_FALSE(error.what.empty());
  }
};
INSTANTIATE_TEST_SUITE_P(Network, Refusal, ::testing::ValuesIn(connectors::network_kinds()),
                         kind_name);

TEST_P(Refusal, IsToldApartByWhatTheCallerCanDo) {
  const std::pair<int, Error::Code> kTable[] = {
      {401, Error::Code::unauthorized}, {403, Error::Code::unauthorized},
      {429, Error::Code::rate_limited}, {500, Error::Code::unavailable},
      {502, Error::Code::unavailable},  {503, Error::Code::unavailable},
  };
  const std::string cursor = first_contact();
  const std::string id = posts("API-DOWN: x");
  for (const auto& [status, code] : kTable) {
    stage_->refuses_with(status);
    const auto refused = run(network_->fetch(cursor));
    ASSERT_FALSE(refused) << status;
    EXPECT_EQ(refused.error().code, code) << status << ": " << refused.error().what;
    expect_no_secret(refused.error());
    stage_->refuses_with(status);
    const auto unseen = run(network_->revisit({{setup_.id, id, ""}}));
    ASSERT_FALSE(unseen) << status;
    EXPECT_EQ(unseen.error().code, code) << status << ": " << unseen.error().what;
    expect_no_secret(unseen.error());
  }
  expect_nothing_lost(cursor, id);
}

TEST_P(Refusal, TellsHowLongToWait) {
  const std::string cursor = first_contact();
  stage_->refuses_with(429, {{"retry-after", "17"}});
  const auto reading = run(network_->fetch(cursor));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().retry_after, std::chrono::seconds(17));
  stage_->refuses_with(429, {{"retry-after", "18"}});
  const auto saying = run(network_->say(delivery("API-DOWN: x")));
  ASSERT_FALSE(saying);
  EXPECT_EQ(saying.error().code, Error::Code::rate_limited);
  EXPECT_EQ(saying.error().retry_after, std::chrono::seconds(18));
}

TEST_P(Refusal, OfAFirstContactGivesNoCursor) {
  stage_->refuses_with(503);
  EXPECT_FALSE(run(network_->fetch("")));
  stage_->talks_nonsense();
  EXPECT_FALSE(run(network_->fetch("")));
  std::string cursor = first_contact();
  expect_nothing_lost(cursor, posts("API-DOWN: x"));
}

TEST_P(Refusal, IsCorruptWhenItIsNonsense) {
  const std::string cursor = first_contact();
  const std::string id = posts("API-DOWN: x");
  for (int i = 0; i < kKindsOfNonsense; ++i) {
    stage_->talks_nonsense();
    const auto nonsense = run(network_->fetch(cursor));
    ASSERT_FALSE(nonsense) << "kind " << i;
    EXPECT_EQ(nonsense.error().code, Error::Code::corrupt) << nonsense.error().what;
    expect_no_secret(nonsense.error());
  }
  for (int i = 0; i < kKindsOfNonsense; ++i) {
    stage_->talks_nonsense();
    const auto nonsense = run(network_->revisit({{setup_.id, id, ""}}));
    ASSERT_FALSE(nonsense) << "kind " << i;
    EXPECT_EQ(nonsense.error().code, Error::Code::corrupt) << nonsense.error().what;
  }
  expect_nothing_lost(cursor, id);
}

TEST_P(Refusal, InTheMiddleOfManyPagesLosesNothing) {
  posts("before");
  std::string cursor = first_contact();
  std::vector<std::string> written;
  for (int i = 0; i < 250; ++i) written.push_back(posts("API-DOWN: " + std::to_string(i)));
  std::vector<Post> all;
  int refusals = 0;
  for (int step = 0; step < 100; ++step) {
    if (step == 1) stage_->refuses_with(429, {{"retry-after", "1"}});
    if (step == 3) stage_->talks_nonsense();
    auto fetched = run(network_->fetch(cursor));
    refusals += fetched ? 0 : 1;
    if (!fetched) continue;
    cursor = fetched->cursor;
    all.insert(all.end(), fetched->posts.begin(), fetched->posts.end());
    if (!fetched->more && step > 3) break;
  }
  EXPECT_EQ(refusals, 2);
  EXPECT_THAT(ids(all), ::testing::ElementsAreArray(written));
}

TEST_P(Refusal, SaysWhenNobodyIsThere) {
  const std::string cursor = first_contact();
  http_.unreachable();
  const auto reading = run(network_->fetch(cursor));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().code, Error::Code::unavailable);
  http_.unreachable();
  const auto saying = run(network_->say(delivery("API-DOWN: x")));
  ASSERT_FALSE(saying);
  EXPECT_EQ(saying.error().code, Error::Code::unavailable);
  EXPECT_THAT(saying.error().what, StartsWith(std::string(net::kNeverSent)));
  EXPECT_TRUE(stage_->heard().empty());
}

}  // namespace
}  // namespace signalbox::testing
