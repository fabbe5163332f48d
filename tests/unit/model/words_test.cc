#include <gtest/gtest.h>

#include <set>

#include "model/delivery.h"
#include "model/event.h"
#include "model/service.h"
#include "model/state.h"

namespace signalbox {
namespace {

/// The words of an enum's first `count` values; the one after them has none.
template <typename Enum>
void expect_words(int count) {
  std::set<std::string_view> words;
  for (int i = 0; i < count; ++i) words.insert(word(static_cast<Enum>(i)));
  EXPECT_EQ(words.size(), static_cast<std::size_t>(count));
  EXPECT_FALSE(words.contains(""));
  EXPECT_EQ(word(static_cast<Enum>(count)), "");
}

TEST(Words, AreOneForEachValue) {
  expect_words<State>(5);
  expect_words<Phase>(6);
  expect_words<Origin>(6);
  expect_words<Verdict>(10);
  expect_words<Elapsed::What>(9);
  expect_words<Commanded::What>(5);
  expect_words<Tidings>(13);
  expect_words<Audience>(5);
  expect_words<DeliveryState>(6);
}

TEST(Words, OfStatesAndPhasesReadBack) {
  for (int i = 0; i < 5; ++i) {
    const auto state = static_cast<State>(i);
    EXPECT_EQ(state_from(word(state)), state);
  }
  for (int i = 0; i < 6; ++i) {
    const auto phase = static_cast<Phase>(i);
    EXPECT_EQ(phase_from(word(phase)), phase);
    const auto delivery = static_cast<DeliveryState>(i);
    EXPECT_EQ(delivery_state_from(word(delivery)), delivery);
  }
  EXPECT_FALSE(state_from("down"));
  EXPECT_FALSE(phase_from(""));
}

TEST(Severity, OrdersTroubleOnly) {
  EXPECT_TRUE(worse(State::down, State::issue));
  EXPECT_TRUE(worse(State::issue, State::up));
  EXPECT_FALSE(worse(State::maint, State::up));
  EXPECT_FALSE(worse(State::unknown, State::up));
}

TEST(GroupSlug, TurnsEveryOtherCharacterToADash) {
  EXPECT_EQ(group_slug("Core"), "Core");
  EXPECT_EQ(group_slug("EU West (1)"), "EU-West--1-");
  EXPECT_EQ(group_slug("a_b.c-d"), "a_b.c-d");
  EXPECT_EQ(group_slug("Zürich"), "Z-rich");
  EXPECT_EQ(group_slug(""), "");
}

TEST(AnnouncementId, IsTheSameForTheSameEvent) {
  EXPECT_EQ(announcement_id(7), announcement_id(7));
  EXPECT_NE(announcement_id(7), announcement_id(8));
  EXPECT_EQ(announcement_id(7).size(), 12u);
}

}  // namespace
}  // namespace signalbox
