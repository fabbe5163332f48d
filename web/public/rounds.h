// What is done with each of very many without keeping anybody waiting: a few at a time, one round
// after the other.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace signalbox::web {

/// Used by one thread only. A round begins when the one before is over, so that what is done with
/// one is done in the order in which it was begun, whoever comes and goes meanwhile.
template <typename One>
class Rounds {
 public:
  /// An event on its way to thousands of streams takes a thread tens of milliseconds: nobody's page
  /// waits for more than these few.
  static constexpr std::size_t kAtOnce = 32;
  using What = std::function<void(One&)>;

  /// `later` has a step done by the same thread, after what already waits for it; no longer than
  /// this lives.
  explicit Rounds(std::function<void(std::function<void()>)> later) : later_(std::move(later)) {}

  /// Does `what` with each of `all`: with the first few at once when no round is under way.
  void begin(std::vector<std::shared_ptr<One>> all, What what) {
    if (all.empty()) return;
    rounds_.push_back({std::move(all), std::move(what)});
    if (rounds_.size() == 1) step();
  }

 private:
  struct Round {
    std::vector<std::shared_ptr<One>> all;
    What what;
    std::size_t done = 0;
  };

  void step() {
    Round& round = rounds_.front();
    for (std::size_t left = kAtOnce; left > 0 && round.done < round.all.size(); --left) {
      const std::shared_ptr<One> one = std::move(round.all[round.done++]);
      round.what(*one);
    }
    if (round.done == round.all.size()) rounds_.pop_front();
    if (!rounds_.empty()) later_([this] { step(); });
  }

  std::function<void(std::function<void()>)> later_;
  std::deque<Round> rounds_;
};

}  // namespace signalbox::web
