// A service leaves the configuration while it is in trouble: what is open of it ends with a reason.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "app/core/records.h"
#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;

class RemovedService : public ::testing::Test {
 protected:
  RemovedService() { stage_.poll_all(); }

  void remove(const std::string& id) {
    app::Plan& plan = stage_.plan();
    std::erase_if(plan.services, [&](const Service& service) { return service.id == id; });
    plan.lexicon = grammar::Lexicon(plan.services, Zone(), {"status"});
    stage_.core().replan(plan);
    stage_.core().commit();
    stage_.pass(seconds(5));
  }
  const Incident& incident() { return *stage_.board()->incidents.begin(); }

  Theatre stage_{
      {"API", "JS"}, {}, {{"fans", "mastodon", true, false}, {"ops", "slack", false, true}}};
};

TEST_F(RemovedService, ClosesItsIncidentWithTheReason) {
  stage_.say("API-DOWN: disks caught fire");
  stage_.pass(seconds(5));
  const auto told_before = stage_.said("fans");
  remove("API");
  EXPECT_FALSE(incident().open());
  EXPECT_EQ(incident().updates.back().text, "No longer on this page.");
  EXPECT_TRUE(incident().updates.back().automatic);
  EXPECT_EQ(incident().updates.size(), 2u) << "what was said before stands";
  EXPECT_EQ(stage_.said("fans"), told_before) << "followers are told nothing";
  EXPECT_THAT(stage_.said("ops"), Contains(HasSubstr("API left the configuration")));
  const auto rows = stage_.core().store().rows(0, 100);
  ASSERT_TRUE(rows);
  EXPECT_EQ(std::count_if(rows->begin(), rows->end(),
                          [](const store::Row& row) { return row.kind == "configured"; }),
            2);
}

TEST_F(RemovedService, LeavesAnIncidentOfOthersToThem) {
  stage_.say("API,JS-DOWN: disks caught fire");
  remove("API");
  EXPECT_TRUE(incident().open());
  EXPECT_EQ(incident().updates.back().text, "No longer on this page.");
  stage_.say("JS-UP: new disks");
  EXPECT_FALSE(incident().open());
  EXPECT_EQ(stage_.said_with("ops", "left the configuration"), 0u);
}

TEST_F(RemovedService, EndsItsMaintenance) {
  stage_.say("API-MAINT [2027-03-01 02:00/2h]: new disks");
  stage_.say("API,JS-MAINT [2027-03-02 02:00/2h]: new cables");
  remove("API");
  const auto& work = stage_.board()->maintenances;
  ASSERT_EQ(work.size(), 2u);
  EXPECT_TRUE(work[0].ended);
  EXPECT_EQ(work[0].updates.back().text, "No longer on this page.");
  EXPECT_FALSE(work[1].ended);
  EXPECT_THAT(work[1].services, ::testing::ElementsAre("JS"));
}

}  // namespace
}  // namespace signalbox::testing
