#include "app/publish/mirroring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/publish/copy_content.h"
#include "app/publish/urgent.h"
#include "model/page_part.h"
#include "tests/unit/publish/fake_mirror.h"
#include "tests/unit/web/samples.h"

namespace signalbox::app {
namespace {

using publish::FakeMirror;
using testing::Contains;
using testing::ElementsAre;
using testing::Not;
using namespace std::chrono_literals;

struct StoppedClock final : Clock {
  Time now() const override { return web::samples::now(); }
  SteadyTime steady() const override { return at; }
  SteadyTime at{};
};

/// Knows one incident that no snapshot holds: about S5 alone, or about S4 too.
struct OneOldIncident final : web::Archive {
  std::optional<Incident> incident(std::string_view id) override {
    if (id != old.id) return std::nullopt;
    return old;
  }
  std::optional<std::vector<Rollup>> rollups(const web::Stretch& /*stretch*/) override {
    return {};
  }
  Incident old;
};

struct MirroringTest : testing::Test {
  MirroringTest() {
    board.page.url = "https://status.example";
    board.as_of = web::samples::now();
    for (int n = 0; n < 30; ++n) {
      board.services.push_back(web::samples::service("S" + std::to_string(n), State::up));
    }
    board.incidents = {web::samples::incident("aaaaaaaaaaaa", "S3", board.as_of - 20min, true)};
  }
  SnapshotPtr snapshot() const { return std::make_shared<const Snapshot>(board); }
  std::unique_ptr<publish::Content> content(const SnapshotPtr& of) {
    site = web::render(of, site, &archive);
    return std::make_unique<CopyContent>(web::SiteCopy(site, 5min));
  }
  /// An incident of S5 (and others) is mirrored, and then left the board.
  void grow_old(Incident incident) {
    board.incidents.push_back(incident);
    ASSERT_TRUE(settle(snapshot()));
    archive.old = std::move(incident);
    board.incidents.pop_back();
    board.as_of += 1s;
    ASSERT_TRUE(settle(snapshot()));
    clock.at += 5min;
    ASSERT_TRUE(settle(snapshot()));
    ASSERT_TRUE(mirror.files.contains(kOldFile));
  }
  /// S5 is shown by no page any more.
  void lock_away_s5() {
    auto parts = std::make_shared<PageParts>();
    for (const ServiceView& service : board.services) {
      if (service.id != "S5") parts->main.push_back(service.id);
    }
    board.page.parts = parts;
    board.as_of += 1s;
  }
  static constexpr const char* kOldFile = "incidents/oooooooooooo.html";
  /// Steps until there is nothing to do.
  Result<Duration> settle(const SnapshotPtr& newest) {
    for (;;) {
      auto wait = mirroring.step(newest);
      if (!wait || *wait > Duration{}) return wait;
    }
  }
  void make_down(std::size_t service) {
    board.as_of += 1s;
    board.services[service].state = State::down;
    board.services[service].since = board.as_of;
  }
  /// Whether the mirror's page of a service says so.
  bool is_down(const std::string& service) {
    return mirror.files["services/" + service + ".html"].find("headline down") != std::string::npos;
  }
  Snapshot board;
  OneOldIncident archive;
  web::SitePtr site;
  FakeMirror mirror;
  StoppedClock clock;
  Mirroring mirroring{mirror, 5min, [this](const SnapshotPtr& of) { return content(of); }, clock};
};

TEST_F(MirroringTest, WritesAllAndThenWaits) {
  const auto wait = settle(snapshot());
  ASSERT_TRUE(wait);
  EXPECT_EQ(*wait, 5min);
  EXPECT_EQ(mirroring.as_of(), board.as_of);
  EXPECT_TRUE(mirror.files.contains("index.html"));
  EXPECT_EQ(mirror.puts.back(), "as_of.json");
}

TEST_F(MirroringTest, AChangeCostsWhatItIsSeenIn) {
  ASSERT_TRUE(settle(snapshot()));
  mirror.puts.clear();
  make_down(7);
  ASSERT_TRUE(settle(snapshot()));
  EXPECT_THAT(mirror.puts, Contains("services/S7.html"));
  EXPECT_THAT(mirror.puts, Contains("badge/S7.svg"));
  EXPECT_THAT(mirror.puts, Contains("index.html"));
  EXPECT_THAT(mirror.puts, Not(Contains("services/S8.html")));
  EXPECT_LT(mirror.puts.size(), 60U) << "data once, pages in six languages";
  EXPECT_EQ(mirror.puts.back(), "as_of.json");
}

TEST_F(MirroringTest, FiguresWaitForTheRound) {
  ASSERT_TRUE(settle(snapshot()));
  mirror.puts.clear();
  board.as_of += 5s;
  board.services[4].uptime = 0.99;
  ASSERT_TRUE(settle(snapshot()));
  EXPECT_TRUE(mirror.puts.empty());
  clock.at += 5min;
  ASSERT_TRUE(settle(snapshot()));
  EXPECT_THAT(mirror.puts, Contains("services/S4.html"));
  EXPECT_EQ(mirroring.as_of(), board.as_of);
}

TEST_F(MirroringTest, AChangeGoesBeforeTheRestOfARound) {
  ASSERT_TRUE(settle(snapshot()));
  clock.at += 5min;
  board.as_of += 5min;
  ASSERT_TRUE(mirroring.step(snapshot()));  // the round begins
  mirror.puts.clear();
  make_down(29);
  const auto newest = snapshot();
  ASSERT_TRUE(mirroring.step(newest));
  EXPECT_THAT(mirror.puts, Contains("services/S29.html"));
  ASSERT_TRUE(settle(newest));
  EXPECT_EQ(mirroring.as_of(), board.as_of);
}

TEST_F(MirroringTest, UntilItIsWholeTheFirstRoundComesBeforeAChange) {
  ASSERT_TRUE(mirroring.step(snapshot()));
  ASSERT_TRUE(mirroring.step(snapshot()));
  make_down(2);
  const auto newest = snapshot();
  ASSERT_TRUE(mirroring.step(newest));
  EXPECT_FALSE(mirror.files.contains("index.html")) << "it would lead to what is not there";
  ASSERT_TRUE(settle(newest));
  EXPECT_TRUE(is_down("S2"));
}

TEST_F(MirroringTest, AfterTroubleTheNewestIsWritten) {
  ASSERT_TRUE(settle(snapshot()));
  mirror.failures = 2;
  make_down(1);
  EXPECT_FALSE(settle(snapshot()));
  make_down(2);
  EXPECT_FALSE(settle(snapshot()));
  make_down(3);
  ASSERT_TRUE(settle(snapshot()));
  for (const char* service : {"S1", "S2", "S3"}) EXPECT_TRUE(is_down(service)) << service;
}

TEST_F(MirroringTest, AChangeThatWasNotSealedIsTriedAgain) {
  ASSERT_TRUE(settle(snapshot()));
  const Time before = board.as_of;
  mirror.failing_seals = 2;
  make_down(1);
  const auto newest = snapshot();
  EXPECT_FALSE(settle(newest));
  EXPECT_FALSE(settle(newest)) << "it is not well yet, though nothing is newer";
  EXPECT_EQ(mirroring.as_of(), before);
  const int seals = mirror.seals;
  ASSERT_TRUE(settle(newest));
  EXPECT_EQ(mirror.seals, seals + 1);
  EXPECT_EQ(mirroring.as_of(), board.as_of);
}

TEST_F(MirroringTest, AChangeThatFailedAndIsNoMoreIsTakenBackAtOnce) {
  ASSERT_TRUE(settle(snapshot()));
  mirror.failing_seals = 1;
  const ServiceView up = board.services[1];
  make_down(1);
  EXPECT_FALSE(settle(snapshot()));
  EXPECT_TRUE(is_down("S1"));
  board.as_of += 1s;
  board.services[1] = up;
  ASSERT_TRUE(settle(snapshot()));
  EXPECT_FALSE(is_down("S1"));
}

TEST_F(MirroringTest, AnOlderIncidentOfWhatIsLockedAwayGoesAtOnce) {
  grow_old(web::samples::incident("oooooooooooo", "S5", board.as_of - 60min, false));
  lock_away_s5();
  ASSERT_TRUE(settle(snapshot()));
  for (const auto& [name, body] : mirror.files) {
    EXPECT_EQ(name.find("oooooooooooo"), std::string::npos) << name;
    EXPECT_EQ(body.find("S5 service"), std::string::npos) << name;
  }
}

TEST_F(MirroringTest, AnOlderIncidentTellsNoMoreOfWhatIsLockedAway) {
  Incident shared = web::samples::incident("oooooooooooo", "S4", board.as_of - 60min, false);
  shared.services.emplace("S5", State::up);
  shared.name = "S4,S5: S5 service pulled S4 down";
  grow_old(shared);
  EXPECT_NE(mirror.files[kOldFile].find("S5 service"), std::string::npos);
  lock_away_s5();
  ASSERT_TRUE(settle(snapshot()));
  EXPECT_TRUE(mirror.files.contains(kOldFile));
  for (const auto& [name, body] : mirror.files) {
    EXPECT_EQ(body.find("S5 service"), std::string::npos) << name;
  }
}

TEST_F(MirroringTest, DoubtLooksAgainAndMends) {
  ASSERT_TRUE(settle(snapshot()));
  mirror.files.erase("history.html");
  mirror.remembered.files.erase("history.html");
  mirror.remembered.whole = false;
  mirroring.doubt();
  ASSERT_TRUE(settle(snapshot()));
  EXPECT_TRUE(mirror.files.contains("history.html"));
}

TEST(Urgent, IsAllButWhatIsAboutOthers) {
  const std::vector<std::string> names{"api/v2/incidents/unresolved.json",
                                       "pages/eu/api/v2/incidents/unresolved.json",
                                       "pages/api/services/c.html",
                                       "api/board.json",
                                       "services/a.b.html",
                                       "services/c.html",
                                       "de/services/c.html",
                                       "feeds/a.b.atom",
                                       "badge/c.svg",
                                       "incidents/x.html",
                                       "history/2026-11.html",
                                       "history.html",
                                       "index.html"};
  EXPECT_THAT(
      urgent(names, {true, {"a.b", "x"}}),
      ElementsAre("api/v2/incidents/unresolved.json", "pages/eu/api/v2/incidents/unresolved.json",
                  "api/board.json", "services/a.b.html", "feeds/a.b.atom", "incidents/x.html",
                  "history.html", "index.html"));
}

TEST_F(MirroringTest, WithAnIncidentComeItsServices) {
  const Snapshot before = board;
  Incident changed = web::samples::incident("aaaaaaaaaaaa", "S3", board.as_of - 20min, true);
  changed.updates.push_back(
      web::samples::update("aaaaaaaaaaa9", board.as_of, Phase::monitoring, "watching"));
  board.incidents = {changed};
  const Touched found = touched(before, board);
  EXPECT_TRUE(found.any);
  EXPECT_THAT(found.ids, testing::IsSupersetOf({"S3", "aaaaaaaaaaaa"}));
  EXPECT_FALSE(found.ids.contains("S4"));
  EXPECT_FALSE(touched(board, board).any);
}

}  // namespace
}  // namespace signalbox::app
