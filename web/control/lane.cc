#include "web/control/lane.h"

#include <boost/asio/post.hpp>

namespace signalbox::web {
namespace {

constexpr int kMostWaiting = 100;
/// While the core answers, a job takes milliseconds. Behind one that waits in vain there is no use
/// in waiting, too.
constexpr Duration kSoon{100};

}  // namespace

void StaffLane::take(std::function<void()> job, std::function<void()> too_late) {
  if (++waiting_ > kMostWaiting) {
    --waiting_;
    return too_late();
  }
  const SteadyTime came = SystemClock().steady();
  boost::asio::post(pool_, [this, came, job = std::move(job), too_late = std::move(too_late)] {
    --waiting_;
    if (SystemClock().steady() - came <= kSoon) return job();
    too_late();
  });
}

}  // namespace signalbox::web
