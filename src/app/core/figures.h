// The running sums of every service: enough for the windows and the days that the board shows, in
// step with the store without asking it again.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "board/board.h"
#include "model/book.h"
#include "model/rollup.h"
#include "store/store.h"

namespace signalbox::app {

/// Adding what a reading moved costs the same however much was counted before. Memory: 6 minutes,
/// 25 hours and 91 days a service.
class Figures {
 public:
  /// How a store or an archive answers sums().
  using Sums = std::function<Result<std::vector<store::ServiceSums>>(store::Grain, Time from)>;

  /// What is kept, as far back as any window reaches from `now`.
  static Result<Figures> read(const Sums& sums, Time now);

  /// What a kept reading moved (Store::keep_readings).
  void add(const store::ServiceSums& moved);
  /// The windows of ServiceView, nothing before `start` in them.
  std::vector<Rollup> windows(const std::string& service, Time start, Time now) const;
  /// The days of ServiceView: the same vector as before while nothing but the running day's figures
  /// changed, which are made anew once a minute. Null when there are none.
  std::shared_ptr<const std::vector<Rollup>> days(const std::string& service,
                                                  const ServiceEntry& entry, Time start, Time now);
  /// Puts all of it among what a snapshot is made of.
  void describe(const Service& service, const Book& book, Time now, board::Ingredients& with);
  /// Lets go of what no window reaches any more.
  void forget(Time now);

 private:
  using Rows = std::map<Time, Rollup>;  // by beginning, without latencies and states

  /// What `days` was made from.
  struct Days {
    std::shared_ptr<const std::vector<Rollup>> made;
    Time at{};
    Time start{};
    Time since{};
    State shown = State::up;
  };
  struct Of {
    std::array<Rows, 3> rows;  // by grain
    Days days;
    bool past_moved = false;  // a day before the one of `days.at` changed
  };

  std::map<std::string, Of, std::less<>> services_;
};

}  // namespace signalbox::app
