#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/text.h"
#include "tests/unit/web/samples.h"
#include "web/documents/words.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SitePtr site(const Snapshot& snapshot) {
  return render(samples::shared(snapshot), nullptr, nullptr);
}

std::string body(const Snapshot& snapshot, const std::string& path) {
  const DocumentPtr document = site(snapshot)->find(path);
  return document == nullptr ? "" : document->body();
}

std::string page() { return body(samples::bad_night(), "/"); }

TEST(Page, TellsTheTruthInItsHeadline) {
  EXPECT_THAT(page(), HasSubstr("<h1>API service is down; JS service has issues; "
                                "DB service cannot be measured.</h1>"));
}

TEST(Page, NeverSaysAllIsUpWhileAnIncidentIsOpen) {
  Snapshot snapshot = samples::bad_night();
  for (ServiceView& service : snapshot.services) service.state = State::up;
  EXPECT_EQ(headline(snapshot), "All services are up; one incident is still open.");
  snapshot.incidents.clear();
  EXPECT_EQ(headline(snapshot), "All services are up.");
}

TEST(Page, NamesWhereEachStateComesFrom) {
  const std::string html = page();
  EXPECT_THAT(html, HasSubstr("Stated by <a href=\"https://mastodon.example/@status/1\""));
  EXPECT_THAT(html, HasSubstr("Ada on Mastodon"));
  EXPECT_THAT(html, HasSubstr("Measured ISSUE: 97.2 % of 12,400 requests in 5 min"));
  EXPECT_THAT(html, HasSubstr("No fresh measurement since"));
  EXPECT_THAT(html, HasSubstr("No trouble reported."));
  EXPECT_THAT(html, HasSubstr("flapping"));
}

TEST(Page, SaysOnceThatNobodyReportedTroubleAndThatNothingIsMeasured) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services[2].standing.note = "no fresh measurement";
  snapshot.services[3].standing.note = "no trouble reported";
  const std::string html = to_lower(body(snapshot, "/"));
  for (const char* words : {"no trouble reported", "no fresh measurement"}) {
    const auto first = html.find(words);
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(html.find(words, first + 1), std::string::npos) << words;
  }
}

TEST(Feeds, OfAPageWithoutIncidentsAreOfWhenItBegan) {
  Snapshot snapshot = samples::bad_night();
  snapshot.incidents.clear();
  EXPECT_THAT(body(snapshot, "/history.atom"), HasSubstr("<updated>2026-09-22T03:30:00Z<"));
  EXPECT_THAT(body(snapshot, "/history.rss"),
              HasSubstr("<lastBuildDate>Tue, 22 Sep 2026 03:30:00 GMT<"));
}

TEST(Page, CutsAvailabilityAndSaysAllAsHundred) {
  EXPECT_THAT(page(), HasSubstr("<b>99.987%</b> of requests, 30 days"));
  EXPECT_THAT(page(), HasSubstr("<b>100.00%</b> of requests, 30 days"));
}

TEST(Page, KeepsTrafficVolumeToItselfWhenTold) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.show_counts = false;
  EXPECT_THAT(body(snapshot, "/"), Not(HasSubstr("12,400")));
  EXPECT_THAT(body(snapshot, "/"), HasSubstr("97.2 % of requests"));
  EXPECT_THAT(body(snapshot, "/api/board.json"), Not(HasSubstr("12400")));
}

TEST(Page, ListsQuietDaysOnlySinceTheLedgerBegan) {
  const auto quiet = [](const std::string& html) {
    std::size_t count = 0;
    for (auto at = html.find("No incidents reported."); at != std::string::npos;
         at = html.find("No incidents reported.", at + 1)) {
      ++count;
    }
    return count;
  };
  EXPECT_EQ(quiet(page()), 13U);
  Snapshot snapshot = samples::bad_night();
  snapshot.page.created = snapshot.as_of - std::chrono::hours(48);
  snapshot.incidents.pop_back();
  EXPECT_EQ(quiet(body(snapshot, "/")), 2U);
}

TEST(Page, IsOneResponseWithoutOutsideAsset) {
  std::string html = page();
  for (auto at = html.find("<script defer src=\"./assets/"); at != std::string::npos;
       at = html.find("<script defer src=\"./assets/")) {
    html.erase(at, html.find("</script>", at) - at);
  }
  // But for our scripts, which nothing on the page waits for.
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<link rel=\"stylesheet\"")));
  EXPECT_THAT(html, Not(HasSubstr("src=")));
  EXPECT_THAT(html, Not(HasSubstr(" style=\"")));
}

TEST(Page, AllowsExactlyItsOwnStyle) {
  const DocumentPtr document = site(samples::bad_night())->find("/");
  const std::string& html = document->body();
  const auto from = html.find("<style>") + 7;
  const std::string style = html.substr(from, html.find("</style>") - from);
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(style.data()),
                     style.size());
  std::array<char, 64> text{};
  sodium_bin2base64(text.data(), text.size(), digest.data(), digest.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  EXPECT_THAT(document->bytes(Encoding::identity).head,
              HasSubstr("style-src 'sha256-" + std::string(text.data()) + "'"));
}

TEST(Page, LinksWhatPeopleLinkTo) {
  EXPECT_THAT(page(),
              HasSubstr("<a href=\"https://acme.example/a?b=1&amp;c=2\" "
                        "rel=\"nofollow noopener\">https://acme.example/a?b=1&amp;c=2</a>"));
}

TEST(Page, SaysSinceWhenItWasNotUpdated) {
  const SitePtr made = site(samples::bad_night());
  const Time since = samples::now() + std::chrono::minutes(10);
  EXPECT_THAT(made->find_stale("/", since)->body(), HasSubstr("Not updated since"));
  EXPECT_THAT(made->find("/")->body(), Not(HasSubstr("Not updated since")));
  const json board = json::parse(made->find_stale("/api/board.json", since)->body());
  EXPECT_EQ(board["stale"], true);
  EXPECT_EQ(board["not_updated_since"], iso(since));
  EXPECT_THAT(made->find_stale("/badge.svg", since)->body(), HasSubstr("UNKNOWN"));
}

TEST(Site, FindsEveryPathItNames) {
  const SitePtr made = site(samples::bad_night());
  for (const std::string& path : made->paths()) EXPECT_NE(made->find(path), nullptr) << path;
  for (const char* path : {"", "/nothing", "/incidents/", "/services/NO", "/badge/.svg", "/live"}) {
    EXPECT_EQ(made->find(path), nullptr) << path;
  }
}

TEST(Site, TakesOverWhatHasNotChanged) {
  Snapshot snapshot = samples::bad_night();
  const SitePtr before = site(snapshot);
  const DocumentPtr incident = before->find("/incidents/aaaaaaaaaaaa");
  const DocumentPtr board = before->find("/");
  snapshot.as_of += std::chrono::minutes(1);
  const SitePtr after = render(samples::shared(snapshot), before, nullptr);
  EXPECT_EQ(after->find("/incidents/aaaaaaaaaaaa"), incident);
  EXPECT_NE(after->find("/"), board);
}

TEST(Site, AsksTheArchiveForOldIncidents) {
  class OneOld final : public Archive {
   public:
    std::optional<Incident> incident(std::string_view id) override {
      if (id != "oooooooooooo") return std::nullopt;
      return samples::incident("oooooooooooo", "API", samples::at("2024-01-01T00:00:00Z"), false);
    }
    std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override { return {}; }
  };
  OneOld archive;
  const SitePtr made = render(samples::shared(samples::bad_night()), nullptr, &archive);
  for (const char* path : {"/incidents/oooooooooooo", "/incidents/pppppppppppp"}) {
    EXPECT_EQ(made->find(path), nullptr);
    while (made->pending(path)) std::this_thread::yield();
  }
  EXPECT_NE(made->find("/incidents/oooooooooooo"), nullptr);
  EXPECT_EQ(made->find("/incidents/pppppppppppp"), nullptr);
  EXPECT_FALSE(made->pending("/incidents/../../x"));
}

TEST(Site, FindsAnIncidentThatWasAskedForBeforeItGrewOld) {
  class Later final : public Archive {
   public:
    std::optional<Incident> incident(std::string_view) override {
      if (!there) return std::nullopt;
      return samples::incident("oooooooooooo", "API", samples::at("2024-01-01T00:00:00Z"), false);
    }
    std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override { return {}; }
    std::atomic<bool> there{false};
  };
  Later archive;
  const std::string path = "/incidents/oooooooooooo";
  const auto settled = [&path](const SitePtr& site) {
    while (site->find(path) == nullptr && site->pending(path)) std::this_thread::yield();
    return site->find(path) != nullptr;
  };
  Snapshot snapshot = samples::bad_night();
  const SitePtr first = render(samples::shared(snapshot), nullptr, &archive);
  EXPECT_FALSE(settled(first));
  archive.there = true;
  EXPECT_FALSE(settled(first)) << "a crawler does not make the archive work";
  snapshot.as_of += std::chrono::hours(1);
  EXPECT_TRUE(settled(render(samples::shared(snapshot), first, &archive)));
}

TEST(Board, HasTheKeysOfTheContract) {
  const json board = json::parse(body(samples::bad_night(), "/api/board.json"));
  const json& api = board["services"][0];
  for (const char* key : {"id", "name", "state", "since", "stated", "measured", "uptime"}) {
    EXPECT_TRUE(api.contains(key)) << key;
  }
  EXPECT_EQ(api["state"], "DOWN");
  EXPECT_EQ(api["stated"]["state"], "DOWN");
  EXPECT_EQ(api["stated"]["account"], "fedi");
  EXPECT_TRUE(api["measured"].is_null());
  EXPECT_TRUE(board["services"][1]["stated"].is_null());
  EXPECT_EQ(board["services"][1]["measured"]["total"], 12400);
  EXPECT_EQ(board["services"][2]["measured"]["state"], "UNKNOWN");
  ASSERT_EQ(board["incidents"].size(), 1U);
  EXPECT_EQ(board["incidents"][0]["updates"][1]["text"], "disks caught fire");
  EXPECT_EQ(board["notices"].size(), 1U);
  EXPECT_EQ(board["maintenances"].size(), 1U);
  EXPECT_EQ(board["updated_at"], "2026-11-21T03:28:00.000Z");
}

TEST(LiveEvent, TellsOnlyWhatChanged) {
  const Snapshot before = samples::bad_night();
  Snapshot after = before;
  after.services[1].standing.measured->good += 3;
  EXPECT_EQ(live_event(before, after), "");
  after.services[3].state = State::issue;
  Incident incident = *before.incidents.begin();
  incident.updates.push_back(
      samples::update("aaaaaaaaaaa9", samples::now(), Phase::monitoring, "looks\nbetter"));
  after.incidents = {incident, *std::next(before.incidents.begin())};
  const std::string line = live_event(before, after);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const json event = json::parse(line);
  ASSERT_EQ(event["services"].size(), 1U);
  EXPECT_EQ(event["services"][0]["id"], "DOCS");
  ASSERT_EQ(event["updates"].size(), 1U);
  EXPECT_EQ(event["updates"][0]["text"], "looks\nbetter");
  EXPECT_TRUE(event.contains("updated_at"));
}

TEST(LiveEvent, TellsOfSilenceAndOfWhatWasMissedWithoutNamingChanges) {
  const Snapshot now = samples::bad_night();
  json event = json::parse(missed_event(now));
  EXPECT_EQ(event["missed"], true);
  EXPECT_EQ(event["state"], "DOWN");
  EXPECT_TRUE(event["services"].empty() && event["updates"].empty());
  event = json::parse(silence_event(now, samples::now() + std::chrono::minutes(2)));
  EXPECT_EQ(event["stale_since"], iso(samples::now() + std::chrono::minutes(2)));
  EXPECT_EQ(json::parse(silence_event(now, std::nullopt))["stale_since"], nullptr);
}

}  // namespace
}  // namespace signalbox::web
