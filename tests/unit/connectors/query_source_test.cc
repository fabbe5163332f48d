#include "connectors/query_source.h"

#include <gmock/gmock.h>

#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors {
namespace {

using signalbox::testing::FakeClock;
using signalbox::testing::FakePause;
using signalbox::testing::run;
using signalbox::testing::ScriptedHttp;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A far side that holds numbers by the minute, a service each.
struct FarSide {
  std::map<std::string, Numbers> total, good;
  std::map<std::string, Error> refusals;
  std::vector<std::string> asked;
};

class Told final : public Queries {
 public:
  Told(FarSide& far_side, const Clock& clock, Duration patience)
      : far_side_(far_side), clock_(clock), patience_(patience) {}
  Task<Counted> ask(const Pair& pair, std::vector<Time> instants, std::string) override {
    far_side_.asked.push_back(pair.service);
    Counted counted;
    const auto refused = far_side_.refusals.find(pair.service);
    if (refused != far_side_.refusals.end()) counted.ended = refused->second;
    if (counted.ended) {
      counted.counts = counts_of(instants, far_side_.total[pair.service],
                                 far_side_.good[pair.service], clock_.now(), patience_);
    }
    co_return counted;
  }

 private:
  FarSide& far_side_;
  const Clock& clock_;
  Duration patience_;
};

class QuerySourceTest : public ::testing::Test {
 protected:
  QuerySourceTest() {
    lateness_.corrected = 5;
    lateness_.backfilled = true;
    lateness_.patience = minutes(3);
  }
  std::unique_ptr<Meter> source(const std::vector<std::string>& services = {"API"}) {
    SourceSetup setup;
    setup.id = "far";
    std::vector<Pair> pairs;
    for (const auto& service : services) pairs.push_back({service, "total", "good"});
    return std::make_unique<QuerySource>(
        setup, pairs, std::make_unique<Told>(far_side_, clock_, lateness_.patience), lateness_,
        World{http_, pause_, clock_});
  }
  Time minute(int n) const { return kStart + minutes(n); }
  void counts(int n, double good, double total, const std::string& service = "API") {
    far_side_.good[service][minute(n)] = good;
    far_side_.total[service][minute(n)] = total;
  }
  /// One poll at `n` minutes and ten seconds, as "minute:good/total" a reading.
  std::vector<std::string> poll_at(int n, Meter& source) {
    clock_.set(minute(n) + seconds(10));
    const auto measured = run(source.poll(cursor_)).value();
    cursor_ = measured.cursor;
    complaints_ = measured.complaints;
    std::vector<std::string> told;
    for (const Reading& one : measured.readings) {
      told.push_back(std::to_string((one.instant - kStart) / minutes(1)) + ":" +
                     std::to_string(static_cast<int>(one.good)) + "/" +
                     std::to_string(static_cast<int>(one.total)));
    }
    return told;
  }

  const Time kStart{seconds(1795233600)};
  FakeClock clock_{kStart};
  FakePause pause_{clock_};
  ScriptedHttp http_{
      [](const net::Request&) -> Result<net::Response> { return internal("not asked"); }};
  Lateness lateness_;
  FarSide far_side_;
  std::string cursor_;
  std::vector<std::string> complaints_;
};

TEST_F(QuerySourceTest, ReadsEachInstantOnceAlsoAfterARestart) {
  for (int n = 0; n < 10; ++n) counts(n, n, 10);
  EXPECT_THAT(poll_at(0, *source()), ElementsAre("0:0/10"));
  EXPECT_THAT(poll_at(1, *source()), ElementsAre("1:1/10"));
  EXPECT_THAT(poll_at(1, *source()), IsEmpty());
  EXPECT_THAT(poll_at(4, *source()), ElementsAre("2:2/10", "3:3/10", "4:4/10"));
}

TEST_F(QuerySourceTest, WaitsForWhatIsLateWithoutHoldingUpWhatIsThere) {
  counts(0, 9, 10), counts(2, 9, 10);
  EXPECT_THAT(poll_at(0, *source()), ElementsAre("0:9/10"));
  EXPECT_THAT(poll_at(1, *source()), IsEmpty());
  EXPECT_THAT(poll_at(2, *source()), ElementsAre("2:9/10"));
  EXPECT_THAT(complaints_, IsEmpty());
  counts(1, 4, 5), counts(3, 9, 10);
  EXPECT_THAT(poll_at(3, *source()), ElementsAre("1:4/5", "3:9/10"));
}

TEST_F(QuerySourceTest, ComplainsOnceOfWhatNeverCameAndStillTakesItWithinTheHour) {
  for (int n = 0; n < 60; ++n) counts(n, 9, 10);
  far_side_.total["API"].erase(minute(1));
  EXPECT_THAT(poll_at(0, *source()), ElementsAre("0:9/10"));
  int complaints = 0;
  for (int n = 1; n < 50; ++n) {
    poll_at(n, *source());
    complaints += static_cast<int>(complaints_.size());
  }
  EXPECT_EQ(complaints, 1);
  counts(1, 1, 2);
  EXPECT_THAT(poll_at(50, *source()), ElementsAre("1:1/2", "50:9/10"));
}

TEST_F(QuerySourceTest, CorrectsTheNewestFewOnly) {
  for (int n = 0; n < 10; ++n) counts(n, 9, 10);
  for (int n = 0; n < 8; ++n) poll_at(n, *source());
  counts(1, 0, 10), counts(6, 5, 10);
  EXPECT_THAT(poll_at(8, *source()), ElementsAre("6:5/10", "8:9/10"));
  EXPECT_THAT(poll_at(9, *source()), ElementsAre("9:9/10"));
}

TEST_F(QuerySourceTest, AsksADelayLater) {
  lateness_.delay = minutes(2);
  for (int n = 0; n < 10; ++n) counts(n, n, 10);
  EXPECT_THAT(poll_at(5, *source()), ElementsAre("3:3/10"));
}

TEST_F(QuerySourceTest, OneThatFailsCostsItsOwnServiceOnly) {
  const auto far = source({"A", "B", "C"});
  for (const char* service : {"A", "B", "C"}) counts(0, 9, 10, service), counts(1, 9, 10, service);
  for (const Error& error : {unavailable("hangs"), corrupt("nonsense"), invalid("no such query")}) {
    cursor_.clear();
    far_side_.refusals = {{"A", error}};
    EXPECT_EQ(poll_at(0, *far).size(), 2U) << error.what;
    EXPECT_THAT(complaints_, ElementsAre("far: A: " + error.what));
    far_side_.refusals.clear();
    EXPECT_EQ(poll_at(0, *far).size(), 1U) << error.what;
  }
}

TEST_F(QuerySourceTest, ThoseThatFailAreAskedLastAndAPollEndsAfterTwo) {
  const auto far = source({"A", "B", "C", "D"});
  for (const char* service : {"A", "B", "C"}) {
    far_side_.refusals.emplace(service, unavailable("hangs"));
  }
  counts(0, 9, 10, "D"), counts(1, 9, 10, "D");
  clock_.set(minute(0));
  EXPECT_EQ(run(far->poll("")).error().code, Error::Code::unavailable);
  EXPECT_THAT(far_side_.asked, ElementsAre("A", "B"));
  far_side_.asked.clear();
  EXPECT_EQ(poll_at(0, *far).size(), 1U) << "of D, after C was asked for the first time";
  EXPECT_THAT(far_side_.asked, ElementsAre("C", "D", "A"));
  far_side_.asked.clear();
  poll_at(1, *far);
  EXPECT_THAT(far_side_.asked, ElementsAre("D", "B", "C"));
}

TEST_F(QuerySourceTest, LeavesAServerAloneThatAsksUsToWait) {
  const auto far = source({"A", "B"});
  counts(0, 9, 10, "A");
  far_side_.refusals.emplace("B", rate_limited("slowly", seconds(90)));
  EXPECT_EQ(poll_at(0, *far).size(), 1U);
  far_side_.refusals.clear();
  far_side_.asked.clear();
  clock_.advance(seconds(60));
  const auto refused = run(far->poll(cursor_));
  EXPECT_EQ(refused.error().code, Error::Code::rate_limited);
  EXPECT_EQ(refused.error().retry_after, seconds(30));
  EXPECT_THAT(far_side_.asked, IsEmpty());
  clock_.advance(seconds(31));
  EXPECT_TRUE(run(far->poll(cursor_)));
}

TEST(QueryMemories, ComeBackAndForgiveNonsense) {
  QueryMemories memories;
  QueryMemory& one = memories["API"];
  one.at = Time(minutes(7));
  one.part_seen = true;
  one.open = {Time(minutes(5))};
  one.told[Time(minutes(6))] = {0.1, 1.0 / 3};
  one.own = "{\"x\":1}";
  const auto back = read_query_memories(write_query_memories(memories)).at("API");
  EXPECT_EQ(back.at, one.at);
  EXPECT_TRUE(back.part_seen);
  EXPECT_EQ(back.open, one.open);
  EXPECT_EQ(back.told.at(Time(minutes(6))).total, 1.0 / 3);
  EXPECT_EQ(back.own, one.own);
  for (const char* odd :
       {"", "[]", "{", "{\"API\":3}", R"({"API":{"at":"x","open":3,"told":[1]}})"}) {
    for (const auto& [service, memory] : read_query_memories(odd)) EXPECT_FALSE(memory.at) << odd;
  }
}

}  // namespace
}  // namespace signalbox::connectors
