// What every network promises about saying something, and about finding out whether it is out.
#include "tests/conformance/network/far_side.h"

namespace signalbox::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class Saying : public FarSide {};
INSTANTIATE_TEST_SUITE_P(Network, Saying, ::testing::ValuesIn(connectors::network_kinds()),
                         kind_name);

/// Saying on a network that may fail.
class DoubtfulSaying : public FarSide {
 protected:
  void SetUp() override {
    if (!remote()) GTEST_SKIP() << "skipped, because " << GetParam() << " has no far side";
    FarSide::SetUp();
    stage_->ignores_keys();
  }
};
INSTANTIATE_TEST_SUITE_P(Network, DoubtfulSaying, ::testing::ValuesIn(connectors::network_kinds()),
                         kind_name);

TEST_P(Saying, PutsTheTextOutAsItIs) {
  const std::string text =
      "API-ISSUE: 97.3 % of 12,400 requests in 5 min <served> & counted\n04:12 UTC";
  const auto said = run(network_->say(delivery(text)));
  ASSERT_TRUE(said) << said.error().what;
  ASSERT_THAT(stage_->heard(), SizeIs(1));
  EXPECT_EQ(stage_->heard()[0].text, text);
  EXPECT_EQ(stage_->heard()[0].id, said->id);
  EXPECT_FALSE(said->id.empty());
}

TEST_P(Saying, IsReadBackUnderTheIdItGave) {
  std::string cursor = first_contact();
  const auto said = run(network_->say(delivery("API-DOWN: by the machine, 04:12 UTC")));
  ASSERT_TRUE(said) << said.error().what;
  for (const Post& post : read(cursor)) {
    EXPECT_EQ(post.id, said->id);
    EXPECT_EQ(post.text, "API-DOWN: by the machine, 04:12 UTC");
  }
}

TEST_P(Saying, AnswersInTheThread) {
  if (!remote()) GTEST_SKIP() << "skipped, because nobody can be answered on " << GetParam();
  std::string cursor = first_contact();
  const std::string id = posts("API-DWON: x");
  read(cursor);
  Delivery hint = delivery("did you mean `API-DOWN: x`?");
  hint.tidings = Tidings::hint;
  hint.reply_to = id;
  hint.thread = id;
  const auto said = run(network_->say(hint));
  ASSERT_TRUE(said) << said.error().what;
  ASSERT_THAT(stage_->heard(), SizeIs(1));
  EXPECT_EQ(stage_->heard()[0].in_reply_to, id);
}

TEST_P(Saying, FindsWhatItSaidAndOnlyThat) {
  const Time before = clock_.now();
  const Delivery said =
      delivery("API-DOWN: x, see https://example.com/a?b=1&c=2 (04:12 UTC)", "a1");
  const Delivery never = delivery("API-DOWN: y (04:13 UTC)", "a2");
  const auto put = run(network_->say(said));
  ASSERT_TRUE(put) << put.error().what;
  const auto found = run(network_->find(said, before));
  ASSERT_TRUE(found) << found.error().what;
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->id, put->id);
  const auto absent = run(network_->find(never, before));
  ASSERT_TRUE(absent) << absent.error().what;
  EXPECT_FALSE(absent->has_value());
}

TEST_P(Saying, KnowsHowLongAPostMayBe) { EXPECT_GE(network_->limits().most, 140u); }

TEST_P(Saying, RefusesSettingsItCannotWorkWith) {
  EXPECT_THAT(setup_.settings.mistakes(), IsEmpty());
  EXPECT_THAT(setup_.settings.unknown(), IsEmpty());
  if (!remote()) return;
  connectors::AccountSetup bare;
  const connectors::World world{http_, pause_, clock_};
  EXPECT_NE(connectors::network_kind(GetParam())->make(bare, world), nullptr);
  EXPECT_THAT(bare.settings.mistakes(), Not(IsEmpty()));
}

TEST_P(DoubtfulSaying, LeavesNoDoubtThatThereIsDoubt) {
  stage_->loses_the_answer();
  const Time before = clock_.now();
  const Delivery lost = delivery("API-DOWN: lost (04:12 UTC)");
  const auto said = run(network_->say(lost));
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().code, Error::Code::unavailable);
  EXPECT_THAT(said.error().what, Not(StartsWith(std::string(net::kNeverSent))));
  EXPECT_THAT(said.error().what, Not(HasSubstr(stage_->secret())));
  clock_.advance(std::chrono::seconds(5));
  const auto found = run(network_->find(lost, before));
  ASSERT_TRUE(found) << found.error().what;
  ASSERT_TRUE(found->has_value()) << "it was accepted";
  ASSERT_THAT(stage_->heard(), SizeIs(1));
  EXPECT_EQ((*found)->id, stage_->heard()[0].id);
}

TEST_P(DoubtfulSaying, FindsItBehindManyLaterPosts) {
  stage_->loses_the_answer();
  const Time before = clock_.now();
  const Delivery lost = delivery("API-DOWN: lost (04:12 UTC)");
  ASSERT_FALSE(run(network_->say(lost)));
  for (int i = 0; i < 60; ++i) posts("API-DOWN: later " + std::to_string(i));
  const auto found = run(network_->find(lost, before));
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_TRUE(found->has_value());
}

TEST_P(DoubtfulSaying, DoesNotTakeAnOlderPostOfTheSameWordsForIt) {
  ASSERT_TRUE(run(network_->say(delivery("API-DOWN: the same words", "old"))));
  clock_.advance(std::chrono::hours(2));
  const auto found = run(network_->find(delivery("API-DOWN: the same words", "new"), clock_.now()));
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_FALSE(found->has_value());
}

TEST_P(DoubtfulSaying, IsInDoubtAfterAServersErrorOrNonsense) {
  for (const int status : {500, 502, 504}) {
    stage_->refuses_with(status);
    const auto said = run(network_->say(delivery("API-DOWN: x")));
    ASSERT_FALSE(said);
    EXPECT_EQ(said.error().code, Error::Code::unavailable) << status;
    EXPECT_THAT(said.error().what, Not(StartsWith(std::string(net::kNeverSent)))) << status;
  }
  for (int i = 0; i < 6; ++i) {
    stage_->talks_nonsense();
    const auto said = run(network_->say(delivery("API-DOWN: x")));
    ASSERT_FALSE(said) << "kind " << i;
    EXPECT_EQ(said.error().code, Error::Code::unavailable) << said.error().what;
    EXPECT_THAT(said.error().what, Not(StartsWith(std::string(net::kNeverSent))));
  }
  EXPECT_THAT(stage_->heard(), IsEmpty());
}

TEST_P(DoubtfulSaying, IsCertainlyNotOutAfterARefusal) {
  const std::pair<int, Error::Code> kTable[] = {
      {401, Error::Code::unauthorized}, {400, Error::Code::invalid}, {422, Error::Code::invalid}};
  for (const auto& [status, code] : kTable) {
    stage_->refuses_with(status);
    const auto said = run(network_->say(delivery("API-DOWN: x")));
    ASSERT_FALSE(said);
    EXPECT_EQ(said.error().code, code) << status << ": " << said.error().what;
    EXPECT_THAT(said.error().what, Not(HasSubstr(stage_->secret())));
  }
}

}  // namespace
}  // namespace signalbox::testing
