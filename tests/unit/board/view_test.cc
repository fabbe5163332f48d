#include <gtest/gtest.h>

#include "board/board.h"

namespace signalbox::board {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}};

Incident incident(std::string id, Time opened, std::optional<Time> resolved = {}) {
  Incident i;
  i.id = std::move(id);
  i.opened = opened;
  i.resolved = resolved;
  return i;
}

std::vector<std::string> ids(const auto& things) {
  std::vector<std::string> all;
  for (const auto& thing : things) all.push_back(thing.id);
  return all;
}

Service service(std::string id) {
  Service s;
  s.id = std::move(id);
  return s;
}

TEST(View, ListsServicesInTheOrderOfTheConfiguration) {
  Book book;
  book.services = {service("WEB"), service("API")};
  book.entries["API"].shown = State::issue;
  book.entries["API"].since = kNow - hours(1);
  Ingredients with;
  with.standings["API"].state = State::issue;
  with.month["API"] = {1, 2};
  with.flapping = {"API"};
  const Snapshot s = view(book, with, kNow);
  EXPECT_EQ(ids(s.services), (std::vector<std::string>{"WEB", "API"}));
  EXPECT_EQ(s.services[1].since, kNow - hours(1));
  EXPECT_EQ(s.services[1].month, (Sums{1, 2}));
  EXPECT_FALSE(s.services[0].month);
  EXPECT_TRUE(s.services[1].flapping);
  EXPECT_EQ(s.services[0].name, "WEB");
  EXPECT_EQ(s.worst, State::issue);
}

TEST(View, KnowsForEverWhenThePageAndAServiceBegan) {
  Book book;
  book.began = kNow - days(200);
  book.services = {service("API")};
  book.entries["API"].known = kNow - days(100) + hours(3);
  book.entries["API"].since = kNow - hours(1);
  book.entries["API"].days[std::chrono::floor<days>(kNow - days(90))].up = 1;
  const Snapshot s = view(book, {}, kNow);
  EXPECT_EQ(s.page.created, book.began);
  EXPECT_EQ(s.services[0].started, kNow - days(100) + hours(3));
}

TEST(View, TakesAStandingThatIsNewerThanTheBookAsSinceNow) {
  Book book;
  book.services = {service("API")};
  book.entries["API"].since = kNow - hours(1);
  Ingredients with;
  with.standings["API"].state = State::unknown;
  EXPECT_EQ(view(book, with, kNow).services[0].since, kNow);
}

TEST(View, ShowsIncidentsNewestFirstOpenOrOfThirtyDays) {
  Book book;
  book.incidents = {
      incident("old", kNow - days(50), kNow - days(30)), incident("open", kNow - days(40)),
      incident("done", kNow - days(31), kNow - days(29)), incident("new", kNow - days(1))};
  EXPECT_EQ(ids(view(book, {}, kNow).incidents), (std::vector<std::string>{"new", "done", "open"}));
}

TEST(View, SharesAnIncidentUntilItChanges) {
  Book book;
  book.incidents = {incident("one", kNow - days(2)), incident("two", kNow - days(1))};
  Shelf shelf;
  const Snapshot first = view(book, {}, kNow, shelf);
  book.incidents[0].name = "renamed";
  shelf.changed("one");
  const Snapshot second = view(book, {}, kNow, shelf);
  EXPECT_EQ(first.incidents.begin().pointer(), second.incidents.begin().pointer());
  EXPECT_EQ(std::next(first.incidents.begin())->name, "");
  EXPECT_EQ(std::next(second.incidents.begin())->name, "renamed");
}

TEST(View, ForgetsTheCopyOfAnIncidentNoLongerShown) {
  Book book;
  book.incidents = {incident("one", kNow - days(2), kNow - days(1)), incident("two", kNow)};
  Shelf shelf;
  const std::weak_ptr<const Incident> one =
      std::next(view(book, {}, kNow, shelf).incidents.begin()).pointer();
  EXPECT_FALSE(one.expired());
  (void)view(book, {}, kNow + days(40), shelf);
  EXPECT_TRUE(one.expired());
}

TEST(View, ShowsNoticesThatHaveNotRunOut) {
  Book book;
  Notice a;
  a.id = "a";
  a.at = kNow - hours(2);
  a.until = kNow;
  Notice b = a;
  b.id = "b";
  b.until = kNow + hours(1);
  Notice c = b;
  c.id = "c";
  c.at = kNow;
  book.notices = {a, b, c};
  EXPECT_EQ(ids(view(book, {}, kNow).notices), (std::vector<std::string>{"c", "b"}));
}

TEST(View, OrdersMaintenancesByTheirStart) {
  Book book;
  Maintenance later;
  later.id = "later";
  later.from = kNow + days(2);
  Maintenance sooner = later;
  sooner.id = "sooner";
  sooner.from = kNow + days(1);
  Maintenance past = later;
  past.id = "past";
  past.from = kNow - days(40);
  past.ended = kNow - days(30);
  book.maintenances = {later, past, sooner};
  EXPECT_EQ(ids(view(book, {}, kNow).maintenances), (std::vector<std::string>{"sooner", "later"}));
}

TEST(View, IsUpdatedWhenTheBookOrAMeasurementIs) {
  Book book;
  book.at = kNow - hours(1);
  book.services = {service("API")};
  EXPECT_EQ(view(book, {}, kNow).updated_at, kNow - hours(1));
  Ingredients with;
  Measurement m;
  m.at = kNow - Duration(5);
  m.fresh = true;
  with.standings["API"].measured = m;
  EXPECT_EQ(view(book, with, kNow).updated_at, kNow - Duration(5));
}

TEST(Worst, IsDownIssueUnknownMaintUp) {
  using enum State;
  std::vector<ServiceView> services;
  for (const State state : {up, maint, unknown, issue, down}) {
    services.emplace_back().state = state;
    EXPECT_EQ(worst_of(services), state);
  }
}

TEST(Uptime, WeighsDownFullyAndIssueByAThird) {
  ServiceEntry entry;
  entry.since = kNow;
  const auto day = std::chrono::floor<days>(kNow) - days(1);
  entry.days[day] = {.up = 60000, .issue = 10000, .down = 10000, .maint = 6000, .unknown = 400};
  EXPECT_DOUBLE_EQ(*uptime(entry, kNow), 1 - 13000.0 / 80000);
}

TEST(Uptime, CountsTheStateOfNow) {
  ServiceEntry entry;
  entry.since = kNow - hours(1);
  EXPECT_DOUBLE_EQ(*uptime(entry, kNow), 1.0);
  entry.shown = State::down;
  EXPECT_DOUBLE_EQ(*uptime(entry, kNow), 0.0);
  entry.since = kNow - days(400);
  EXPECT_DOUBLE_EQ(*uptime(entry, kNow), 0.0);
}

TEST(Uptime, IsUnknownWithoutKnownTime) {
  ServiceEntry entry;
  EXPECT_EQ(uptime(entry, kNow), std::nullopt);
  entry.since = kNow - hours(1);
  entry.shown = State::unknown;
  EXPECT_EQ(uptime(entry, kNow), std::nullopt);
}

TEST(Uptime, LeavesOutDaysBeforeTheLastNinety) {
  ServiceEntry entry;
  entry.since = kNow - hours(1);
  entry.days[std::chrono::floor<days>(kNow) - days(91)].down = 86400;
  EXPECT_DOUBLE_EQ(*uptime(entry, kNow), 1.0);
}

TEST(Board, NumbersWhatItPublishesAndTellsListeners) {
  Board board;
  std::vector<std::uint64_t> heard;
  board.listen([&](const SnapshotPtr& s) { heard.push_back(s->generation); });
  EXPECT_EQ(board.newest(), nullptr);
  EXPECT_EQ(board.publish({}), nullptr);
  const SnapshotPtr first = board.newest();
  EXPECT_EQ(board.publish({}), first);
  EXPECT_EQ(board.newest()->generation, 2u);
  EXPECT_EQ(heard, (std::vector<std::uint64_t>{1, 2}));
}

}  // namespace
}  // namespace signalbox::board
