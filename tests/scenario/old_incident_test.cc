// An incident of long ago: gone from the board, and still found by its link.
#include <gtest/gtest.h>

#include "app/server/archive.h"
#include "store/open.h"
#include "tests/conformance/store/subject.h"
#include "tests/support/theatre/theatre.h"

namespace signalbox::testing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

class OldIncident : public ::testing::Test {
 protected:
  OldIncident() {
    stage_.say("API-DOWN: disks caught fire");
    id_ = stage_.board()->incidents.begin()->id;
    stage_.clock().advance(minutes(10));
  }
  /// Says `text` so much later.
  void later(Duration length, const std::string& text) {
    stage_.clock().advance(length);
    stage_.say(text);
  }
  std::optional<Incident> found() { return archive_.incident(id_); }

  store::testing::Scratch scratch_;
  std::string url_ = "sqlite:" + scratch_.path("ledger.db");
  Theatre stage_{{"API", "JS"}, {}, {}, url_};
  app::PageArchive archive_{url_};
  std::string id_;
};

TEST_F(OldIncident, IsFoundByItsLinkForEver) {
  EXPECT_FALSE(found().has_value()) << "it is on the board while it is open";
  later(minutes(20), "API-UP: new disks");
  const Incident last = *stage_.board()->incidents.begin();
  later(days(40), "JS-ISSUE: something else");
  ASSERT_EQ(stage_.board()->incidents.size(), 1u);
  ASSERT_NE(stage_.board()->incidents.begin()->id, id_);
  ASSERT_EQ(stage_.core().book().incidents.size(), 1u);
  EXPECT_EQ(found(), last);
  stage_.crash();
  EXPECT_EQ(found(), last);
}

TEST_F(OldIncident, HasWhatWasSaidAfterItWasOver) {
  later(minutes(20), "API-UP: new disks");
  later(days(2), "API-POSTMORTEM: we bought better disks");
  later(days(40), "JS-ISSUE: something else");
  ASSERT_TRUE(found().has_value());
  ASSERT_TRUE(found()->postmortem.has_value());
  EXPECT_EQ(found()->postmortem->text, "we bought better disks");
}

TEST_F(OldIncident, OfAnOlderStoreIsKeptAtTheNextStart) {
  later(minutes(20), "API-UP: new disks");
  later(days(40), "JS-ISSUE: something else");
  const auto last = found();
  store::testing::tamper(scratch_.path("ledger.db"),
                         "DELETE FROM incident; DELETE FROM checkpoint;");
  EXPECT_FALSE(found().has_value());
  stage_.crash();
  EXPECT_EQ(found(), last);
}

TEST_F(OldIncident, ThatNeverWasIsNotFound) {
  later(minutes(20), "API-UP: new disks");
  EXPECT_FALSE(archive_.incident("nnnnnnnnnnnn").has_value());
}

}  // namespace
}  // namespace signalbox::testing
