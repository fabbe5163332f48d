// "As of" goes by the clock: what is said of one page does not move it on another.
#include "model/as_of.h"

#include <gtest/gtest.h>

#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::seconds;

Time step_of(Time at) { return std::chrono::floor<AsOfStep>(at); }

/// Lets a step of the clock begin, and `more` of it pass.
void into_next_step(Theatre& stage, Duration more) {
  const Time now = stage.clock().now();
  stage.pass(step_of(now) + AsOfStep(1) - now + more);
}

TEST(AsOf, ABoardIsPublishedInEachStepOfTheClockWhateverIsSaid) {
  Theatre stage{{"API", "JS"}, {}, {}};
  into_next_step(stage, seconds(20));
  for (const bool speaks : {false, true, false, true}) {
    if (speaks) stage.say("API-DOWN: disks caught fire");
    into_next_step(stage, seconds(2));
    EXPECT_EQ(step_of(stage.board()->as_of), step_of(stage.clock().now()))
        << "spoken before: " << speaks;
    stage.pass(seconds(20));
  }
}

}  // namespace
}  // namespace signalbox::testing
