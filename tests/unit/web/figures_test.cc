#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <thread>

#include "base/text.h"
#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
using samples::at;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

/// Two steps: a good one, and one in trouble; nothing between.
class TwoSteps final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view) override { return std::nullopt; }
  std::optional<std::vector<Rollup>> rollups(const Stretch& stretch) override {
    ++asked;
    if (silent) return std::nullopt;
    Rollup good;
    good.from = stretch.from;
    good.span = stretch.step;
    good.requests = {90001, 90002};
    good.states.up = 3600;
    good.latencies.add(Duration(100), 90002);
    Rollup bad;
    bad.from = stretch.to - stretch.step;
    bad.span = stretch.step;
    bad.requests = {50, 100};
    bad.left_out = {1, 2};
    bad.tries = {3, 4};
    bad.states = {0, 1200, 600, 1000, 800};
    return std::vector<Rollup>{good, bad};
  }
  std::optional<std::vector<Incident>> incidents(Time, Time) override {
    return std::vector<Incident>{
        samples::incident("oooooooooooo", "API", at("2026-09-10T00:00:00Z"), false)};
  }
  std::atomic<int> asked{0};
  std::atomic<bool> silent{false};
};

Reply settled(const SitePtr& site, const std::string& path, const std::string& query = "",
              std::optional<Time> stale_since = {}) {
  for (;;) {
    Reply reply = site->ask(path, query, stale_since);
    if (!reply.later) return reply;
    std::this_thread::yield();
  }
}

struct Figures : testing::Test {
  json answer(const std::string& address, const std::string& query = "") {
    const Reply reply = settled(site(), address, query);
    EXPECT_EQ(reply.status, 200) << address;
    return json::parse(reply.document->body());
  }
  SitePtr site() {
    if (!site_) site_ = render(samples::shared(snapshot), nullptr, &archive);
    return site_;
  }

  TwoSteps archive;
  Snapshot snapshot = samples::bad_night();
  SitePtr site_;
  const std::string path = "/api/services/API/availability.json";
};

TEST_F(Figures, HaveTheirFormulaAndTheirSums) {
  const json body = answer(path, "step=1h");
  EXPECT_EQ(body["service"], "API");
  EXPECT_EQ(body["step"], "1h");
  EXPECT_EQ(body["as_of"], iso(samples::now()));
  EXPECT_EQ(body["stale"], false);
  const json& requests = body["request_availability"];
  EXPECT_EQ(requests["formula"], "100 * good / total");
  EXPECT_EQ(requests["good"], 90051);
  EXPECT_EQ(requests["total"], 90102);
  EXPECT_EQ(requests["left_out"], 2);
  EXPECT_EQ(requests["percent"], 99.943) << "cut, not rounded: 99.94339…";
  const json& uptime = body["uptime"];
  EXPECT_EQ(uptime["seconds"]["up"], 3600);
  EXPECT_EQ(uptime["seconds"]["unknown"], 800);
  EXPECT_EQ(uptime["percent"], 82.222) << "1 - (600 + 0.3 * 1200) / 5400 is 82.2222…";
  EXPECT_NEAR(body["latency"]["p95"].get<double>(), 100, 2);
  EXPECT_EQ(body["latency"]["count"], 90002);
}

TEST_F(Figures, LeaveGapsOutAndSayNullForNothing) {
  const json body = answer(path, "step=1h");
  ASSERT_EQ(body["rows"].size(), 2U);
  EXPECT_EQ(body["rows"][0]["requests"]["percent"], 99.998);
  EXPECT_EQ(body["rows"][0]["tries"], nullptr);
  EXPECT_EQ(body["rows"][1]["latency"], nullptr);
  EXPECT_EQ(body["rows"][1]["left_out"], 2);
  EXPECT_EQ(body["rows"][1]["states"]["down"], 600);
}

TEST_F(Figures, KeepTrafficVolumeToThemselvesWhereThePageDoes) {
  snapshot.page.show_counts = false;
  for (const char* what :
       {"availability.json", "availability.csv", "reports/2026-11.json", "reports/2026-11.csv"}) {
    const Reply reply = settled(site(), std::string("/api/services/API/") + what, "step=1h");
    ASSERT_EQ(reply.status, 200) << what;
    for (const char* count : {"9005", "9010", "good\":", "total\":", "good,", "left_out"}) {
      EXPECT_THAT(reply.document->body(), Not(HasSubstr(count))) << what;
    }
    EXPECT_THAT(reply.document->body(), HasSubstr("percent")) << what;
  }
}

TEST_F(Figures, AreATableToo) {
  const Reply reply = settled(site(), "/api/services/API/availability.csv", "step=1h");
  const auto lines = split(reply.document->body(), '\n');
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0],
            "from,to,good,total,percent,tries_good,tries_total,tries_percent,left_out,up_seconds,"
            "issue_seconds,down_seconds,maint_seconds,unknown_seconds,uptime_percent,p50_ms,p95_ms,"
            "p99_ms\r");
  EXPECT_THAT(std::string(lines[2]), HasSubstr(",50,100,50.0,3,4,75.0,2,0,1200,600,1000,800,"));
  EXPECT_THAT(reply.document->bytes(Encoding::identity).head, HasSubstr("text/csv"));
  EXPECT_THAT(reply.document->bytes(Encoding::identity).head,
              HasSubstr("Access-Control-Allow-Origin: *"));
}

TEST_F(Figures, SayHowOldTheyAre) {
  const Reply reply = settled(site(), path, "", samples::now() + minutes(9));
  const json body = json::parse(reply.document->body());
  EXPECT_EQ(body["stale"], true);
  EXPECT_EQ(body["not_updated_since"], iso(samples::now() + minutes(9)));
  EXPECT_FALSE(answer(path).contains("not_updated_since"));
}

TEST_F(Figures, OfNobodyAreNotThere) {
  for (const char* wrong :
       {"/api/services/NONE/availability.json", "/api/services/API", "/api/services/API/",
        "/api/services/API/availability", "/api/services/API/availability.xml",
        "/api/services/API/reports/2026-12.json", "/api/services/API/reports/2026-13.json",
        "/api/services/API/reports/1999-01.json", "/api/services//availability.json"}) {
    EXPECT_EQ(site()->ask(wrong, "", {}).status, 404) << wrong;
  }
  EXPECT_EQ(render(samples::shared(snapshot), nullptr, nullptr)->ask(path, "", {}).status, 404);
  EXPECT_EQ(archive.asked, 0);
}

TEST_F(Figures, SayWhatIsWrongWithAQuestion) {
  const Reply reply = site()->ask(path, "from=x", {});
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(json::parse(reply.wrong)["error"].get<std::string>(), HasSubstr("from is no time"));
  EXPECT_EQ(archive.asked, 0);
}

TEST_F(Figures, AreUnavailableWhenTheArchiveIs) {
  archive.silent = true;
  EXPECT_EQ(settled(site(), path).status, 503);
}

TEST_F(Figures, AreMadeOnceAPublicationForAllWhoAskTheSame) {
  settled(site(), path, "step=1h");
  settled(site(), path, "step=60m&x=1");
  settled(site(), path, "step=3600&to=2030-01-01T00:00:00Z");
  EXPECT_EQ(archive.asked, 1);
  ++snapshot.generation;
  settled(render(samples::shared(snapshot), site(), &archive), path, "step=1h");
  EXPECT_EQ(archive.asked, 2);
}

/// The archive is asked again for what may have changed, and for nothing else.
TEST_F(Figures, OfAMonthThatIsOverAreKeptWhileTheyStayTrue) {
  const std::string september = "/api/services/API/reports/2026-09.json";
  const auto next = [&](Duration later) {
    ++snapshot.generation;
    snapshot.as_of += later;
    return render(samples::shared(snapshot), site(), &archive);
  };
  settled(site(), september);
  settled(next(seconds(5)), september);
  settled(next(seconds(5)), september);
  EXPECT_EQ(archive.asked, 1);
  settled(next(hours(1)), september);
  EXPECT_EQ(archive.asked, 2) << "what came late is looked for once an hour";
  settled(next(seconds(5)), "/api/services/API/reports/2026-11.json");
  settled(next(seconds(5)), "/api/services/API/reports/2026-11.json");
  EXPECT_EQ(archive.asked, 4) << "this month goes on";
}

TEST_F(Figures, OfAMonthHaveItsIncidents) {
  const json november = answer("/api/services/API/reports/2026-11.json");
  EXPECT_EQ(november["month"], "2026-11");
  EXPECT_EQ(november["incidents"]["count"], 1);
  EXPECT_EQ(november["incidents"]["open"], 1);
  EXPECT_EQ(november["incidents"]["mttr"]["seconds"], nullptr);
  EXPECT_EQ(november["incidents"]["list"][0]["id"], "aaaaaaaaaaaa");
  const json september = answer("/api/services/API/reports/2026-09.json");
  EXPECT_EQ(september["incidents"]["mttr"]["seconds"], 1800);
  EXPECT_EQ(september["incidents"]["mtbf"]["seconds"], 30 * 86400 - 1800);
  EXPECT_EQ(september["request_availability"]["total"], 90102);
  const Reply table = settled(site(), "/api/services/API/reports/2026-09.csv");
  EXPECT_THAT(table.document->body(), HasSubstr("API,API service,2026-09,90051,90102,99.943,"));
}

/// A stranger who asks ten thousand different things.
TEST_F(Figures, StayBoundedWhateverIsAsked) {
  std::size_t refused = 0;
  std::chrono::steady_clock::duration slowest{};
  for (int i = 0; i < 10000; ++i) {
    const Time from = samples::now() - minutes(10 + i);
    const auto begin = std::chrono::steady_clock::now();
    const Reply reply =
        site()->ask(path, "step=1m&to=" + iso(from + minutes(2)) + "&from=" + iso(from), {});
    ASSERT_NE(site()->find("/"), nullptr);
    slowest = std::max(slowest, std::chrono::steady_clock::now() - begin);
    if (reply.later) ++refused;
  }
  EXPECT_LT(archive.asked, 10000) << "what cannot wait is not asked";
  EXPECT_GT(refused, 0U);
  EXPECT_LT(slowest, std::chrono::seconds(1)) << "nobody waits for the archive";
}

TEST_F(Figures, KeepNoMoreThanTheirMeasure) {
  std::vector<std::weak_ptr<const Document>> made;
  for (int i = 0; i < 1500; ++i) {
    const Time from = samples::now() - minutes(10 + i);
    made.push_back(
        settled(site(), path, "step=1m&to=" + iso(from + minutes(2)) + "&from=" + iso(from))
            .document);
  }
  const auto alive = std::ranges::count_if(made, [](const auto& one) { return !one.expired(); });
  EXPECT_LE(alive, 1024) << "16 MiB, of which each takes at least 16 KiB";
  EXPECT_GT(alive, 500);
}

}  // namespace
}  // namespace signalbox::web
