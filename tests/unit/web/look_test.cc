// The page's look: groups, days in words, the classic theme, and what an operator makes of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/web/markup.h"
#include "tests/unit/web/samples.h"
#include "web/documents/embedded.h"
#include "web/documents/view.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using testing::HasSubstr;
using testing::Not;

DocumentPtr look_of(const Snapshot& snapshot, const std::string& path = "/") {
  return render(samples::shared(snapshot), nullptr, nullptr)->find(path);
}

std::string html_of(const Snapshot& snapshot, const std::string& path = "/") {
  const DocumentPtr document = look_of(snapshot, path);
  return document == nullptr ? "" : document->body();
}

Snapshot looking(const Look& look) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.look = std::make_shared<const Look>(look);
  return snapshot;
}

/// API was down for 14 minutes on the day before yesterday; 1,240 requests were lost.
Snapshot with_days() {
  Snapshot snapshot = samples::bad_night();
  const Time today = std::chrono::floor<std::chrono::days>(snapshot.as_of);
  std::vector<Rollup> days;
  for (int back : {3, 2}) {
    Rollup day;
    day.from = today - std::chrono::days(back);
    day.span = std::chrono::days(1);
    day.requests = Sums{back == 2 ? 98760.0 : 100000.0, 100000};
    day.states.up = 86400;
    if (back == 2) day.states.down = 14.0 * 60;
    days.push_back(day);
  }
  snapshot.services[0].days = std::make_shared<const std::vector<Rollup>>(days);
  snapshot.incidents = {
      samples::incident("cccccccccccc", "API", today - std::chrono::hours(44), false)};
  return snapshot;
}

TEST(Look, TellsDaysInTroubleInWords) {
  const std::string html = html_of(with_days());
  EXPECT_THAT(html, HasSubstr("<summary>Days in trouble: 1 of 90</summary>"));
  EXPECT_THAT(html, HasSubstr("<li><time datetime=\"2026-11-19\">19 Nov</time>: 14 min down, "
                              "1,240 requests lost · <a href=\"./incidents/cccccccccccc\">"));
}

TEST(Look, KeepsLostRequestsToItselfWhenTold) {
  Snapshot snapshot = with_days();
  snapshot.page.show_counts = false;
  EXPECT_THAT(html_of(snapshot), Not(HasSubstr("1,240")));
  EXPECT_THAT(html_of(snapshot), HasSubstr("14 min down"));
}

TEST(Look, HasEachDayInATableOnTheServicesPage) {
  const std::string html = html_of(with_days(), "/services/API");
  EXPECT_THAT(html, HasSubstr("<summary>The 90 days as a table</summary>"));
  EXPECT_THAT(html, HasSubstr("<time datetime=\"2026-11-18\">18 Nov</time>"));
}

TEST(Look, CountsTroubleInAGroupAndOpensIt) {
  Snapshot snapshot = samples::bad_night();
  EXPECT_THAT(html_of(snapshot),
              HasSubstr("<details class=\"group down\" open><summary>"
                        "<h3>Core</h3> <span class=\"count\">2 of 2 in trouble"));
  for (int i = 0; i < 60; ++i) {
    snapshot.services.push_back(samples::service("S" + std::to_string(i), State::up, "Quiet"));
  }
  EXPECT_THAT(html_of(snapshot), HasSubstr("<details class=\"group up\"><summary><h3>Quiet</h3> "
                                           "<span class=\"state up\">"));
}

TEST(Look, DoesNotCallPlannedWorkTrouble) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services[0].state = State::maint;
  EXPECT_THAT(html_of(snapshot), HasSubstr("1 of 2 in trouble"));
}

TEST(Look, GivesEachGroupAPage) {
  Snapshot snapshot = with_days();
  for (ServiceView& service : snapshot.services) {
    if (!service.group.empty()) service.group = "Core & more";
  }
  const std::string html = html_of(snapshot, "/groups/Core---more");
  EXPECT_THAT(html, HasSubstr("<h1><bdi>Core &amp; more</bdi></h1>"));
  EXPECT_THAT(html, HasSubstr("href=\"../services/API\""));
  EXPECT_THAT(html, HasSubstr("class=\"strip\""));
  EXPECT_THAT(html, HasSubstr("id=\"incident-cccccccccccc\""));
  EXPECT_THAT(html, Not(HasSubstr("DOCS service")));
  EXPECT_EQ(look_of(snapshot, "/groups/"), nullptr);
  EXPECT_EQ(look_of(snapshot, "/groups/Core"), nullptr);
}

TEST(Look, IsNeverGreenWhileAnIncidentIsOpenOrNothingIsHeard) {
  Snapshot snapshot = samples::bad_night();
  for (ServiceView& service : snapshot.services) service.state = State::up;
  snapshot.worst = State::up;
  EXPECT_THAT(html_of(snapshot), HasSubstr("<div class=\"headline issue\">"));
  snapshot.incidents.clear();
  EXPECT_THAT(html_of(snapshot), HasSubstr("<div class=\"headline up\">"));
  const SitePtr site = render(samples::shared(snapshot), nullptr, nullptr);
  EXPECT_THAT(site->find_stale("/", snapshot.as_of)->body(),
              HasSubstr("<div class=\"headline unknown\">"));
}

TEST(Look, HelpsToFindOneOfManyServices) {
  Snapshot snapshot = samples::bad_night();
  EXPECT_THAT(html_of(snapshot), Not(HasSubstr("id=\"only-troubled\"")));
  for (int i = 0; i < 5; ++i) {
    snapshot.services.push_back(samples::service("S" + std::to_string(i), State::up));
  }
  EXPECT_THAT(html_of(snapshot), HasSubstr("id=\"only-troubled\""));
  EXPECT_THAT(html_of(snapshot), HasSubstr("<span class=\"find\" hidden>"));
}

TEST(Look, IsClassicWhenTold) {
  Look look;
  look.theme = Theme::classic;
  Snapshot snapshot = looking(look);
  const DocumentPtr page = look_of(snapshot);
  EXPECT_THAT(page->body(), HasSubstr("<ul class=\"columns\">"));
  EXPECT_THAT(page->body(), HasSubstr("<b>99.987%</b>"));
  EXPECT_THAT(page->body(), HasSubstr("see <a href=\"https://acme.example/a?b=1&amp;c=2\""));
  EXPECT_THAT(page->body(), HasSubstr("No updates in the last 24 hours."));
  EXPECT_THAT(page->body(), HasSubstr("<section class=\"day\">"));
  EXPECT_EQ(html_trouble(page->body()), "");
  EXPECT_THAT(page->bytes(Encoding::identity).head,
              HasSubstr(hash_of_style(embedded("classic.css"))));
}

TEST(Look, IsClassicWithWhatWasSaidOfMaintenances) {
  Look look;
  look.theme = Theme::classic;
  Snapshot snapshot = looking(look);
  Maintenance work;
  work.id = "workworkwork";
  work.name = "New switches";
  for (const ServiceView& service : snapshot.services) work.services.push_back(service.id);
  work.from = snapshot.as_of;
  work.updates.emplace_back();
  work.updates.back().id = "u-work";
  work.updates.back().at = snapshot.as_of;
  work.updates.back().text = "Racks are open.";
  snapshot.maintenances = {work};
  const std::string html = look_of(snapshot)->body();
  EXPECT_THAT(html, Not(HasSubstr("No updates in the last 24 hours.")));
  EXPECT_THAT(html, HasSubstr("<strong>In force, ")) << "work is not being investigated";
}

TEST(Look, TakesTheOperatorsColoursRulesAndTexts) {
  Look look;
  look.light.link = "#8a1c5b";
  look.dark.card = "#000000";
  look.css = ".name > a { content: \"<&\"; }";
  look.header = "Call us: https://acme.example/help <b>";
  look.footer = "Bye";
  look.logo = "data:image/png;base64,iVBORw0KGgo=";
  const DocumentPtr page = look_of(looking(look));
  const std::string& html = page->body();
  const std::string style =
      "@media screen and (prefers-color-scheme:light){:root{--link:#8a1c5b;}}\n"
      "@media screen and (prefers-color-scheme:dark){:root{--card:#000000;--up-bg:var(--card);"
      "--issue-bg:var(--card);--down-bg:var(--card);--maint-bg:var(--card);"
      "--unknown-bg:var(--card);}}\n" +
      look.css;
  EXPECT_THAT(html, HasSubstr("<style>" + style + "</style>"));
  EXPECT_THAT(page->bytes(Encoding::identity).head, HasSubstr(hash_of_style(style)));
  EXPECT_THAT(html, HasSubstr("Call us: <a href=\"https://acme.example/help\""));
  EXPECT_THAT(html, HasSubstr(" &lt;b&gt;</p>"));
  EXPECT_THAT(html, HasSubstr("<img class=\"logo\" src=\"data:image/png;base64,iVBORw0KGgo=\" "
                              "alt=\"Acme\">"));
}

TEST(Look, IsTheOneThatOperatorsColoursAreHeldAgainst) {
  const std::string tokens = embedded("tokens.css");
  const auto dark_at = tokens.find("prefers-color-scheme: dark");
  const std::string light = tokens.substr(0, dark_at);
  const std::string dark = tokens.substr(dark_at);
  const auto holds = [](const std::string& css, const Palette& palette) {
    for (const auto& [name, colour] : {std::pair("bg", palette.background),
                                       {"card", palette.card},
                                       {"ink", palette.text},
                                       {"soft", palette.soft},
                                       {"line", palette.line},
                                       {"link", palette.link},
                                       {"up", palette.up},
                                       {"issue", palette.issue},
                                       {"down", palette.down},
                                       {"maint", palette.maint},
                                       {"unknown", palette.unknown}}) {
      EXPECT_THAT(css, HasSubstr("--" + std::string(name) + ": " + colour + ";"));
    }
  };
  holds(light, light_palette());
  holds(dark, dark_palette());
}

TEST(Look, OfAHundredServicesAndThirtyIncidentsFitsInto30KiB) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services.clear();
  snapshot.incidents.clear();
  const Time today = std::chrono::floor<std::chrono::days>(snapshot.as_of);
  for (int n = 0; n < 100; ++n) {
    ServiceView service =
        samples::service("S" + std::to_string(n), n % 7 == 0 ? State::issue : State::up,
                         "Region " + std::to_string(n % 8));
    service.month = Sums{99000.0 + n, 100000};
    service.uptime = 0.99 + n * 0.00001;
    service.standing.measured = samples::measurement(service.state, 12065 + n, 12400);
    std::vector<Rollup> days;
    for (int back = 89; back >= 0; --back) {
      Rollup day{.from = today - std::chrono::days(back), .span = std::chrono::days(1)};
      day.requests = Sums{1000.0 - n, 1000};
      day.states.up = 86400;
      if ((back * 7 + n * 13) % 29 == 0) day.states.down = 60.0 * n + back;
      days.push_back(day);
    }
    service.days = std::make_shared<const std::vector<Rollup>>(days);
    snapshot.services.push_back(service);
  }
  for (int n = 0; n < 30; ++n) {
    snapshot.incidents.push_back(samples::incident("i" + std::to_string(10000000000 + n * 7919),
                                                   "S" + std::to_string(n * 3),
                                                   today - std::chrono::hours(9 * n), n < 3));
  }
  const std::size_t packed = look_of(snapshot)->bytes(Encoding::gzip).body.size();
  EXPECT_LE(packed, 30 * 1024U);
  RecordProperty("gzip_bytes", static_cast<int>(packed));
}

}  // namespace
}  // namespace signalbox::web
