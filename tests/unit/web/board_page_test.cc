// What the page of the board puts first: the worst, what has just ended, what begins soon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/web/samples.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string body(const Snapshot& snapshot, const std::string& path) {
  const SitePtr site = render(samples::shared(snapshot), nullptr, nullptr);
  const DocumentPtr document = site->find(path);
  return document == nullptr ? "" : document->body();
}

/// Whether the page says `one` before `other`, and says both.
void expect_before(const std::string& html, const std::string& one, const std::string& other) {
  ASSERT_NE(html.find(one), std::string::npos) << one;
  ASSERT_NE(html.find(other), std::string::npos) << other;
  EXPECT_LT(html.find(one), html.find(other)) << one << " and " << other;
}

Incident open_one() {
  return samples::incident("aaaaaaaaaaaa", "API", samples::now() - minutes(40), true);
}

Incident over_one(Duration ago, Duration lasted) {
  Incident over = samples::incident("bbbbbbbbbbbb", "JS", samples::now() - ago - lasted, false);
  over.resolved = samples::now() - ago;
  return over;
}

TEST(BoardPage, PutsTheWorstOpenIncidentFirst) {
  Snapshot snapshot = samples::bad_night();
  Incident newer = samples::incident("cccccccccccc", "JS", samples::now() - minutes(5), true);
  newer.services = {{"JS", State::issue}};
  snapshot.incidents = {newer, open_one()};
  expect_before(body(snapshot, "/"), "id=\"incident-aaaaaaaaaaaa\"",
                "id=\"incident-cccccccccccc\"");
}

TEST(BoardPage, TellsUnderTheHeadlineWhatWasResolvedWithinADay) {
  Snapshot snapshot = samples::bad_night();
  snapshot.incidents = {open_one(), over_one(hours(3), hours(9))};
  const std::string html = body(snapshot, "/");
  const std::string line = "after 9 h: <a href=\"./incidents/bbbbbbbbbbbb\">";
  expect_before(html, line, "<h2 id=\"open\">");
  snapshot.incidents = {open_one(), over_one(hours(25), hours(9))};
  EXPECT_THAT(body(snapshot, "/"), Not(HasSubstr(line)));
}

TEST(BoardPage, TellsHowLongAnIncidentLastedThatIsOver) {
  Snapshot snapshot = samples::bad_night();
  snapshot.incidents = {over_one(hours(50), minutes(42))};
  const std::string html = body(snapshot, "/incidents/bbbbbbbbbbbb");
  EXPECT_THAT(html, HasSubstr("(42 min)"));
  EXPECT_THAT(body(snapshot, "/"), AllOf(HasSubstr(" over\" id=\"incident-bbbbbbbbbbbb\""),
                                         HasSubstr(">42 min</span>")));
}

TEST(BoardPage, NamesWhatAnIncidentTouchesWhereItsNameDoesNot) {
  Snapshot snapshot = samples::bad_night();
  Incident open = open_one();
  const auto page = [&] {
    snapshot.incidents = {open};
    return body(snapshot, "/");
  };
  EXPECT_THAT(page(), Not(HasSubstr("Affects:")));
  open.name = "API service and 1 more: slow";
  open.services = {{"API", State::down}, {"DB", State::down}};
  EXPECT_THAT(page(), HasSubstr("Affects: API service, DB service</p>"));
  open.name = "API service, DB service: slow";
  EXPECT_THAT(page(), Not(HasSubstr("Affects:")));
  for (int i = 0; i < 7; ++i) {
    const std::string id = "N" + std::to_string(i);
    snapshot.services.push_back(samples::service(id, State::down));
    open.services[id] = State::down;
  }
  EXPECT_THAT(page(), HasSubstr("N2 service, and 4 more</p>"));
}

TEST(BoardPage, SaysInWhichStateTheMachinePutAService) {
  Snapshot snapshot = samples::bad_night();
  Incident open = open_one();
  Update& found = open.updates[0];
  found.automatic = true;
  found.state.reset();
  found.affected = {{"JS", State::up, State::issue}, {"API", State::up, State::down}};
  snapshot.incidents = {open};
  EXPECT_THAT(body(snapshot, "/"), HasSubstr("<strong>Investigating, DOWN</strong>"));
}

TEST(BoardPage, PutsWorkThatBeginsSoonBeforeTheServices) {
  Snapshot snapshot = samples::bad_night();
  const std::string work = "id=\"maintenance-mmmmmmmmmmmm\"";
  const std::string services = "<h2 id=\"services\">";
  expect_before(body(snapshot, "/"), work, services);
  snapshot.maintenances[0].from = samples::now() + hours(80);
  snapshot.maintenances[0].until = samples::now() + hours(81);
  expect_before(body(snapshot, "/"), services, work);
}

TEST(BoardPage, SaysWhatWasNeverMeasured) {
  Snapshot snapshot = samples::bad_night();
  snapshot.services[2].standing.reason = "no_reading";
  EXPECT_THAT(body(snapshot, "/"),
              AllOf(HasSubstr("No measurement yet"), Not(HasSubstr("No fresh measurement"))));
}

TEST(BoardPage, MarksWhereTheReaderIs) {
  const Snapshot snapshot = samples::bad_night();
  for (const auto& [path, word] : {std::pair("/", "Now"), std::pair("/history", "History"),
                                   std::pair("/subscribe", "Subscribe")}) {
    EXPECT_THAT(body(snapshot, path),
                HasSubstr(std::string(" aria-current=\"page\">") + word + "</a>"));
  }
  EXPECT_THAT(body(snapshot, "/services/API"), Not(HasSubstr("aria-current=\"page\"")));
}

TEST(ServicePage, TellsOfTheOpenIncidentBeforeAllThatExplains) {
  Snapshot snapshot = samples::bad_night();
  expect_before(body(snapshot, "/services/API"), "id=\"incident-aaaaaaaaaaaa\"", "<dl>");
  Incident open = open_one();
  open.services = {{"API", State::up}, {"JS", State::down}};
  snapshot.incidents = {open};
  EXPECT_THAT(body(snapshot, "/services/API"), Not(HasSubstr("id=\"incident-aaaaaaaaaaaa\"")))
      << "it is over here";
}

}  // namespace
}  // namespace signalbox::web
