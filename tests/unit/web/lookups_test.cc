#include "web/documents/lookups.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <string>
#include <thread>

namespace signalbox::web {
namespace {

using std::chrono::minutes;

class Nothing final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view) override { return std::nullopt; }
  std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override { return {}; }
};

/// Answers with how often it was asked.
struct Counted {
  explicit Counted(std::size_t most)
      : answers(lookups, Lane::figures, most,
                [this](Archive&, const std::string&, Time) { return ++asked; }) {}

  int settled(const std::string& key, Time now, Time not_before = {}) {
    answers.find(key, now, not_before);
    while (answers.pending(key)) std::this_thread::yield();
    return answers.find(key, now, not_before).value();
  }

  Nothing archive;
  std::atomic<int> asked{0};  // outlives the thread that counts
  std::shared_ptr<Lookups> lookups = std::make_shared<Lookups>(archive);
  Answers<int> answers;
};

/// A thread that answers its first question when told to.
struct Held {
  Held() {
    lookups.ask(Lane::figures, [this](Archive&) {
      begun.count_down();
      go_on.wait();
    });
    begun.wait();
  }

  Nothing archive;
  std::latch begun{1}, go_on{1};
  Lookups lookups{archive};
};

TEST(Lookups, RefusesAQuestionMoreThanMayWait) {
  Held held;
  std::size_t taken = 0;
  while (held.lookups.ask(Lane::figures, [](Archive&) {})) ++taken;
  EXPECT_EQ(taken, Lookups::kMostWaiting);
  held.go_on.count_down();
}

TEST(Lookups, AFloodOfOneKindHoldsUpNoOther) {
  std::string order;  // of the first four, which the thread leaves alone after that
  const auto note = [&order](char lane) {
    if (order.size() < 4) order += lane;
  };
  std::latch last(1);
  Held held;
  while (held.lookups.ask(Lane::figures, [&](Archive&) { note('f'); })) {
  }
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(held.lookups.ask(Lane::charts, [&](Archive&) { note('c'); }));
    EXPECT_TRUE(held.lookups.ask(Lane::incidents, [&, i](Archive&) {
      note('i');
      if (i == 1) last.count_down();
    }));
  }
  held.go_on.count_down();
  last.wait();
  EXPECT_EQ(order, "icfi") << "each lane in turn, whatever waits in another";
}

TEST(Answers, AreAskedForOnce) {
  Counted counted(4);
  EXPECT_TRUE(counted.answers.pending("a"));
  EXPECT_EQ(counted.settled("a", Time(minutes(1))), 1);
  EXPECT_EQ(counted.settled("a", Time(minutes(9))), 1);
  EXPECT_EQ(counted.settled("b", Time(minutes(9))), 2);
}

TEST(Answers, GiveWhatIsOldUntilTheNewHasCome) {
  Counted counted(4);
  EXPECT_EQ(counted.settled("a", Time(minutes(1))), 1);
  EXPECT_EQ(counted.answers.find("a", Time(minutes(3)), Time(minutes(2))), 1);
  while (counted.answers.find("a", Time(minutes(3)), Time(minutes(2))) == 1) {
    std::this_thread::yield();
  }
  EXPECT_EQ(counted.settled("a", Time(minutes(3)), Time(minutes(2))), 2);
}

TEST(Answers, KeepAsManyAsWasSaidAndLoseTheOldest) {
  Counted counted(2);
  counted.settled("b", Time(minutes(1)));
  counted.settled("a", Time(minutes(2)));
  counted.settled("c", Time(minutes(3)));
  EXPECT_TRUE(counted.answers.pending("b"));
  EXPECT_FALSE(counted.answers.pending("a"));
  EXPECT_FALSE(counted.answers.pending("c"));
}

TEST(Answers, AreForgottenWhenToldSo) {
  Counted counted(4);
  counted.settled("a", Time(minutes(1)));
  counted.settled("b", Time(minutes(1)));
  counted.answers.forget([](int value) { return value == 1; });
  EXPECT_TRUE(counted.answers.pending("a"));
  EXPECT_FALSE(counted.answers.pending("b"));
}

}  // namespace
}  // namespace signalbox::web
