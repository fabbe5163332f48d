// The one contract of all checks, told in connectors/README.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/check/far_side.h"

namespace signalbox::testing {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kPatience = std::chrono::milliseconds(300);

class EveryCheck : public ::testing::TestWithParam<std::string_view>, protected Checker {
 protected:
  Result<connectors::Measured> meet(Asked settings) {
    settings.emplace("timeout", word(to_text(kPatience)));
    return poll(far_->kind(), std::move(settings));
  }
  /// A poll that gave exactly one reading, and no complaint.
  Reading reading_of(const Result<connectors::Measured>& measured) {
    EXPECT_TRUE(measured);
    EXPECT_THAT(measured->complaints, IsEmpty());
    EXPECT_THAT(measured->readings, SizeIs(1));
    return measured->readings.at(0);
  }
  void expect_failed(const Reading& reading) {
    EXPECT_EQ(reading.grade, State::down);
    EXPECT_EQ(reading.good, 0);
    EXPECT_EQ(reading.total, 1);
    EXPECT_THAT(reading.why, Not(IsEmpty()));
    for (const char* never : {"hush", "127.0.0.1", "://", "\n"}) {
      EXPECT_THAT(reading.why, Not(HasSubstr(never)));
    }
  }

  std::unique_ptr<FarSide> far_ = far_side(GetParam());
};

TEST_P(EveryCheck, MakesOneGoodReadingOfAGoodAnswer) {
  const Reading reading = reading_of(meet(far_->good()));
  EXPECT_EQ(reading.grade, State::up) << reading.why;
  EXPECT_EQ(reading.good, 1);
  EXPECT_EQ(reading.total, 1);
  EXPECT_TRUE(reading.check);
  EXPECT_EQ(reading.service, "JS");
  EXPECT_EQ(reading.source, "JS/check/1");
  EXPECT_EQ(reading.instant, clock.now());
  EXPECT_TRUE(reading.latency);
  EXPECT_EQ(reading.why, "");
}

TEST_P(EveryCheck, FailsWhereNobodyListens) {
  const Reading reading = reading_of(meet(far_->refused()));
  expect_failed(reading);
  EXPECT_FALSE(reading.latency) << "there was no answer";
}

TEST_P(EveryCheck, FailsInTimeWhereNoAnswerComes) {
  const auto began = std::chrono::steady_clock::now();
  expect_failed(reading_of(meet(far_->hanging())));
  EXPECT_LT(std::chrono::steady_clock::now() - began, kPatience + std::chrono::seconds(5));
}

TEST_P(EveryCheck, FailsOnNonsense) {
  Asked settings = far_->nonsense();
  if (settings.empty()) GTEST_SKIP() << "skipped, because nothing is nonsense to " << far_->kind();
  expect_failed(reading_of(meet(std::move(settings))));
}

TEST_P(EveryCheck, HoldsNothingAgainstTheServiceThatIsOurTrouble) {
  const auto measured = meet(far_->no_way());
  ASSERT_TRUE(measured);
  EXPECT_THAT(measured->readings, IsEmpty());
  EXPECT_THAT(measured->complaints, SizeIs(1));
  EXPECT_THAT(measured->complaints, Each(Not(HasSubstr("hush"))));
}

TEST_P(EveryCheck, CallsASlowAnswerAnIssue) {
  Asked settings = far_->slow(clock);
  settings["slow_after"] = word("1s");
  net::Http* carrier = far_->slow_http();
  const auto measured = poll(far_->kind(), settings, carrier != nullptr ? *carrier : *http);
  const Reading reading = reading_of(measured);
  EXPECT_EQ(reading.grade, State::issue);
  EXPECT_EQ(reading.good, 0);
  EXPECT_EQ(reading.why, "slow: 2.00 s");
  EXPECT_EQ(reading.latency, std::chrono::seconds(2));
}

TEST_P(EveryCheck, TriesAgainAsToldBeforeItFails) {
  Asked settings = far_->refused();
  settings["tries.of"] = word("3");
  settings["tries.confirm"] = word("2");
  settings["tries.apart"] = word("7s");
  expect_failed(reading_of(meet(std::move(settings))));
  EXPECT_EQ(pause.waited(), std::chrono::seconds(7)) << "two failures settle it";
}

TEST_P(EveryCheck, NamesItsMistakes) {
  EXPECT_THAT(mistakes(far_->kind(), {}), SizeIs(1)) << "it must be told whom to ask";
  Asked settings = far_->good();
  EXPECT_THAT(mistakes(far_->kind(), settings), IsEmpty());
  settings["timeout"] = word("99ms");
  EXPECT_THAT(mistakes(far_->kind(), settings), Each(HasSubstr("3: timeout must be from 100ms")));
  settings["timeout"] = word("5s");
  settings["slow_after"] = word("5s");
  EXPECT_THAT(mistakes(far_->kind(), settings), Each(HasSubstr("3: slow_after must be above 0s")));
}

INSTANTIATE_TEST_SUITE_P(Checks, EveryCheck, ::testing::Values("http", "tcp", "dns"));

}  // namespace
}  // namespace signalbox::testing
