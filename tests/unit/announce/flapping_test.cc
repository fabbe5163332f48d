#include <gtest/gtest.h>

#include <map>
#include <random>

#include "stage.h"

namespace signalbox::announce {
namespace {

TEST(Flapping, IsSaidOnceWhenAThirdFallCannotBeTold) {
  Stage s({"API", "JS"});
  for (int i = 0; i < 6; ++i) {
    s.becomes("API", State::down, 0);
    s.pass(seconds(30));
    s.becomes("API", State::up, 1000);
    s.pass(seconds(30));
  }
  EXPECT_EQ(s.lines(), (Lines{"API-DOWN: 0 % of 1,000 requests in 5 min",
                              "API-UP: back to 100 % of 1,000 requests in 5 min",
                              "API-DOWN: 0 % of 1,000 requests in 5 min",
                              "API: flapping, now DOWN again: 0 % of 1,000 requests in 5 min"}));
  EXPECT_EQ(flapping(s.memory), (Lines{"API"}));
  s.pass(minutes(4));
  EXPECT_EQ(s.told.size(), 4u) << "not yet up for five minutes";
  s.pass(minutes(1));
  EXPECT_EQ(s.lines().back(), "API-UP: back to 100 % of 1,000 requests in 5 min");
  EXPECT_TRUE(flapping(s.memory).empty());
  s.pass(hours(2));
  EXPECT_EQ(s.told.size(), 5u);
}

TEST(Flapping, TellsAFallThatStaysOnceTheLimitAllows) {
  Stage s({"API", "JS"});
  s.becomes("API", State::issue);
  s.pass(minutes(1));
  s.becomes("API", State::up, 1000);
  s.pass(seconds(10));
  // The limit is reached by a second fall whose recovery is told already: a third is withheld.
  s.habits.most_worsenings = 1;
  s.becomes("API", State::down, 0);
  s.pass(minutes(2));
  EXPECT_EQ(s.lines().back(), "API: flapping, now DOWN again: 0 % of 1,000 requests in 5 min");
  EXPECT_EQ(s.reasons_untold(), (Lines{"limit_reached"}));
  s.pass(hours(1));
  EXPECT_EQ(s.lines().back(), "API-DOWN: still 0 % of 1,000 requests in 5 min");
  EXPECT_EQ(s.told.back().at, kStart + seconds(10) + minutes(10));
}

TEST(Flapping, HasNoRecoveryToTellOfAFallThatWasNotTold) {
  Stage s({"API", "JS"});
  s.habits.most_worsenings = 1;
  s.becomes("API", State::down, 0);
  s.pass(seconds(20));
  s.becomes("API", State::up, 1000);
  s.pass(minutes(6));
  s.becomes("API", State::down, 0);
  s.pass(seconds(20));
  s.becomes("API", State::up, 1000);
  s.pass(hours(1));
  EXPECT_EQ(s.reasons_untold(), (Lines{"limit_reached", "fall_not_told"}));
  EXPECT_EQ(s.told.back().tidings, Tidings::flapping);
}

TEST(Flapping, IsNotWhatFallsStepByStep) {
  Stage s({"API", "JS"});
  s.becomes("API", State::issue);
  s.pass(minutes(1));
  s.becomes("API", State::down, 0);
  s.pass(minutes(1));
  s.becomes("API", State::up, 1000);
  s.pass(seconds(10));
  EXPECT_EQ(s.lines().size(), 3u) << "the recovery is told at once";
}

/// What must hold of everything told, whatever happened.
void expect_sound(const std::vector<Announcement>& told, unsigned seed) {
  std::map<std::string, std::vector<Time>> falls;
  std::map<std::string, State> heard;
  for (const Announcement& a : told) {
    for (const Line& line : a.lines) {
      const State before = heard[line.service];
      if (a.tidings == Tidings::worse) {
        EXPECT_TRUE(worse(line.state, before)) << "twice the same fall, seed " << seed;
        falls[line.service].push_back(a.at);
        heard[line.service] = line.state;
      } else if (a.tidings == Tidings::better) {
        EXPECT_TRUE(worse(before, line.state)) << "recovery without a fall, seed " << seed;
        heard[line.service] = line.state;
      }
    }
  }
  for (const auto& [service, state] : heard) EXPECT_EQ(state, State::up) << service << seed;
  for (const auto& [service, times] : falls) {
    for (std::size_t i = 2; i < times.size(); ++i) {
      EXPECT_GE(times[i] - times[i - 2], minutes(10)) << service << ", seed " << seed;
    }
  }
}

/// A night of random changes, the same for the same seed; `restarts`: with crashes in between.
Stage night(unsigned seed, bool restarts) {
  std::vector<std::string> ids;
  for (int i = 0; i < 12; ++i) ids.push_back("S" + std::to_string(i));
  Stage s(ids);
  std::mt19937 random(seed);
  constexpr State kStates[] = {State::up, State::up, State::issue, State::down, State::unknown};
  for (int i = 0; i < 400; ++i) {
    const std::string& id = ids[random() % (i % 100 < 50 ? 3 : ids.size())];
    const State next = kStates[random() % 5];
    if (const auto& now = s.memory.services[id].now; !now || now->state != next) {
      s.becomes(id, next);
    }
    s.pass(Duration(random() % 90000));
    if (restarts && random() % 4 == 0) s.restart();
    if (!restarts) random();
  }
  for (const std::string& id : ids) s.becomes(id, State::issue);
  s.pass(hours(1));
  for (const auto& [id, told] : s.memory.services) {
    EXPECT_EQ(told.told, State::issue) << "trouble that stays is told, " << id << ", seed " << seed;
  }
  for (const std::string& id : ids) s.becomes(id, State::up);
  s.pass(hours(1));
  return s;
}

TEST(FlappingNights, AreToldSoundlyWhateverHappens) {
  for (unsigned seed = 0; seed < 80; ++seed) {
    expect_sound(night(seed, false).told, seed);
    if (HasFailure()) break;
  }
}

TEST(FlappingNights, AreToldAlikeWithRestartsAtAnyPoint) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    Stage straight = night(seed, false);
    Stage again = straight;
    again.restart();
    EXPECT_EQ(again.memory, straight.memory);
    const Stage crashed = night(seed, true);
    EXPECT_EQ(crashed.told, straight.told) << "seed " << seed;
    EXPECT_EQ(crashed.untold, straight.untold) << "seed " << seed;
    if (HasFailure()) break;
  }
}

TEST(MemoryOfAnnouncements, SurvivesItsCheckpoint) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    Stage s = night(seed, false);
    s.becomes("S1", State::down);
    const Result<Memory> back = decode_memory(encode(s.memory));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(*back, s.memory);
  }
  EXPECT_FALSE(decode_memory("[").has_value());
}

TEST(MemoryOfAnnouncements, ForgetsServicesThatAreNoLongerConfigured) {
  Stage s({"API", "JS"});
  s.becomes("API", State::down);
  s.becomes("JS", State::down);
  Service js;
  js.id = "JS";
  s.keep(Configured{{js}, {}});
  EXPECT_EQ(s.memory.services.size(), 1u);
}

}  // namespace
}  // namespace signalbox::announce
