#include "app/cli/calm.h"

#include <algorithm>

namespace signalbox::app {

namespace {

using connectors::access_log::Series;

/// A verdict's own rounding is finer; what is this near to the threshold counts as trouble.
constexpr double kMargin = 1.0 + 1e-9;

/// Sums over the newest intervals of a window.
class Rolling {
 public:
  Rolling(Duration window, Duration every)
      : cells_(static_cast<std::size_t>(
            std::max<Duration::rep>((window + every - Duration(1)) / every, 1))) {}

  void push(Series::Cell cell) {
    Series::Cell& oldest = cells_[at_];
    good_ += std::uint64_t{cell.good} - oldest.good;
    total_ += std::uint64_t{cell.total} - oldest.total;
    oldest = cell;
    at_ = (at_ + 1) % cells_.size();
  }
  bool empty() const { return total_ == 0; }
  bool up(const Thresholds& thresholds) const {
    const auto total = static_cast<double>(total_);
    return total_ > 0 && total >= thresholds.min_requests &&
           static_cast<double>(good_) * 100.0 >= thresholds.issue_below * total * kMargin;
  }

 private:
  std::vector<Series::Cell> cells_;
  std::size_t at_ = 0;
  std::uint64_t good_ = 0;
  std::uint64_t total_ = 0;
};

}  // namespace

Calm::Calm(const Series& intervals, const Thresholds& thresholds)
    : intervals_(intervals), end_(intervals.last()) {
  if (!end_) return;
  Rolling window(thresholds.window, intervals.every());
  Rolling better(thresholds.better_after, intervals.every());
  for (std::int64_t i = *intervals.first(); i <= *end_; ++i) {
    if (window.empty() && better.empty()) {
      // Nobody asked for anything: one trouble up to the next request, however far that is.
      const std::int64_t next = *intervals.next(i);
      if (next > i) note(i, next - 1);
      i = next;
    }
    const Series::Cell cell = intervals.at(i);
    window.push(cell);
    better.push(cell);
    if (!window.up(thresholds) || !better.up(thresholds)) note(i, i);
  }
}

void Calm::note(std::int64_t first, std::int64_t last) {
  if (troubles_.empty() || troubles_.back().last + 1 < first) {
    troubles_.push_back({first, last});
  } else {
    troubles_.back().last = last;
  }
}

Time Calm::until(Time from) const {
  // The evaluation at `from` is that of the interval which ends then.
  const std::int64_t now = intervals_.number(from) - 1;
  if (!end_ || now >= *end_) return from;
  const auto next = std::ranges::lower_bound(troubles_, now, {}, &Trouble::last);
  const std::int64_t last = next == troubles_.end() ? *end_ : std::min(*end_, next->first - 1);
  return std::max(from, intervals_.begins(last + 1));
}

bool Calm::short_enough(const Thresholds& thresholds) {
  return 4 * std::max(thresholds.window, thresholds.better_after) <= kTold;
}

}  // namespace signalbox::app
