#include "web/public/rounds.h"

#include <gtest/gtest.h>

#include <numeric>
#include <string>

namespace signalbox::web {
namespace {

using Strings = std::vector<std::shared_ptr<std::string>>;

constexpr std::size_t kFew = Rounds<std::string>::kAtOnce;

Strings strings(std::size_t count) {
  Strings all;
  while (all.size() < count) all.push_back(std::make_shared<std::string>());
  return all;
}

std::size_t written(const Strings& all) {
  return std::accumulate(all.begin(), all.end(), std::size_t{0},
                         [](std::size_t sum, const auto& one) { return sum + one->size(); });
}

Rounds<std::string>::What writes(char letter) {
  return [letter](std::string& text) { text += letter; };
}

/// Does what is for later when told to.
class Steps {
 public:
  std::function<void(std::function<void()>)> later() {
    return [this](std::function<void()> step) { waiting_.push_back(std::move(step)); };
  }
  bool one() {
    if (waiting_.empty()) return false;
    const auto step = std::move(waiting_.front());
    waiting_.pop_front();
    step();
    return true;
  }
  void all() {
    while (one()) {
    }
  }

 private:
  std::deque<std::function<void()>> waiting_;
};

TEST(Rounds, AreDoneAtOnceWithAFew) {
  Steps steps;
  Rounds<std::string> rounds(steps.later());
  const Strings all = strings(kFew);
  rounds.begin(all, writes('a'));
  EXPECT_EQ(written(all), kFew);
  EXPECT_FALSE(steps.one()) << "nothing is left";
}

TEST(Rounds, LetOthersInBetween) {
  Steps steps;
  Rounds<std::string> rounds(steps.later());
  const Strings all = strings(kFew * 2 + 1);
  rounds.begin(all, writes('a'));
  EXPECT_EQ(written(all), kFew);
  EXPECT_TRUE(steps.one());
  EXPECT_EQ(written(all), kFew * 2);
  EXPECT_TRUE(steps.one());
  EXPECT_EQ(written(all), all.size());
  EXPECT_FALSE(steps.one());
}

TEST(Rounds, OvertakeEachOtherNowhereThoughSomeHaveLeft) {
  Steps steps;
  Rounds<std::string> rounds(steps.later());
  const Strings all = strings(kFew * 3);
  const Strings stayed(all.end() - 10, all.end());
  rounds.begin(all, writes('a'));
  rounds.begin(stayed, writes('b'));
  rounds.begin({}, writes('c'));
  steps.all();
  for (const auto& one : stayed) EXPECT_EQ(*one, "ab");
}

TEST(Rounds, HoldNobodyTheyAreDoneWith) {
  Steps steps;
  Rounds<std::string> rounds(steps.later());
  Strings all = strings(kFew + 1);
  const std::weak_ptr<std::string> first = all.front();
  rounds.begin(std::move(all), writes('a'));
  EXPECT_TRUE(first.expired());
}

}  // namespace
}  // namespace signalbox::web
