// Where the net thread gathers what checks found, so that hundreds of them cost the core one
// message and the store one transaction.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/core/loop.h"

namespace signalbox::app {

/// Lives on the thread of `io`; held by shared_ptr, because the core's answer may outlast it.
///
/// What is put in reaches the core oldest first, one batch at a time: within kGathered what may
/// move a verdict, within kRoutine a good try of a check that was good kSteady times before. A
/// batch that the core's queue or the store does not take (unavailable) is kept and offered again,
/// so that a short trouble of our own loses no try; of more than kMostHeld the oldest are dropped.
/// Nothing waits for it: a check has no cursor that would have to move.
class Basket : public std::enable_shared_from_this<Basket> {
 public:
  static constexpr Duration kGathered{100};
  static constexpr Duration kRoutine{1000};
  static constexpr int kSteady = 2;
  static constexpr Duration kOfferedAgain{1000};
  static constexpr std::size_t kMostAtOnce = 1000;
  static constexpr std::size_t kMostHeld = 20'000;  ///< a minute of 10,000 checks every 30 s

  /// Both outlive the last answer of the core.
  Basket(boost::asio::io_context& io, CoreLoop& loop);

  void put(Tried tried);
  /// What this check found counts no more: it was reconfigured.
  void drop(const std::string& check);
  std::size_t held() const { return held_.size(); }
  /// Nothing is held, and no batch is with the core.
  bool empty() const { return held_.empty() && !offered_; }

 private:
  using Batch = std::shared_ptr<const std::vector<Tried>>;
  bool routine(const Tried& tried);
  void offer_later();
  void offer();
  void settle(const Batch& batch, const Status& kept);
  void put_back(const Batch& batch);
  void drop_oldest();

  boost::asio::io_context& io_;
  CoreLoop& loop_;
  boost::asio::steady_timer timer_;
  std::vector<Tried> held_;                    // oldest first
  std::unordered_map<std::string, int> good_;  // tries in a row, of each check; kSteady at most
  bool urgent_ = false;                        // something held is not routine
  bool armed_ = false;                         // the timer runs
  bool offered_ = false;                       // a batch is with the core
  bool in_trouble_ = false;
};

}  // namespace signalbox::app
