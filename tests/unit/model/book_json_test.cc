#include <gtest/gtest.h>

#include "model/book.h"

namespace signalbox {
namespace {

const Time kNow = Time(std::chrono::milliseconds(1795233600123));

Statement a_statement() {
  return {State::down, kNow, kNow + std::chrono::hours(1), {"fedi", "Mastodon", "", ""}, "x",
          "fedi",      "1"};
}

/// Incidents, a notice and a maintenance.
void tell(Book& book) {
  Update update{"u",
                kNow,
                Phase::identified,
                State::down,
                "text",
                {{"API", State::up, State::down}},
                {"fedi", "Mastodon", "Ann", ""},
                true,
                true,
                true,
                "fedi",
                "1",
                "m"};
  Incident open{"i",
                "API: x",
                {{"API", State::down}},
                State::down,
                Phase::monitoring,
                kNow,
                kNow,
                {},
                true,
                true,
                kNow,
                {"API"},
                {update},
                update};
  Incident resolved = open;
  resolved.id = "j";
  resolved.resolved = kNow;
  book.incidents = {resolved, open};
  book.notices = {{"n", {"API"}, "text", kNow, kNow, {}, true, "fedi", "2"}};
  book.maintenances = {
      {"m", "API: y", {"API"}, kNow, kNow, kNow, kNow, kNow, {update}, "fedi", "3"}};
}

/// What is remembered of posts.
void remember(Book& book) {
  Post post;
  post.account = "fedi";
  post.text = "ALL-DOWN: x";
  Report report{{"ALL"}, {"API"}, State::down, {}, {}, {}, "x"};
  book.held = {{"h", post, report, "safety_catch", {"fedi", "", "", ""}, kNow, kNow}};
  FollowedPost followed{{"fedi", "1", "t"},
                        "A",
                        "r",
                        "text",
                        report,
                        kNow,
                        "i",
                        "u",
                        "a",
                        {{"API", a_statement()}, {"JS", std::nullopt}},
                        kNow,
                        {"0"}};
  book.followed[followed.ref] = followed;
  book.frozen = {"fedi"};
  book.changes = {{"fedi A", kNow, kNow}};
  book.recent = {{{"API"}, State::down, Phase::done, kNow, kNow, "x", kNow, kNow}};
  book.reminded["reminder_silent i"] = kNow;
}

/// A book in which nothing is at its default.
Book a_book() {
  Book book;
  book.seq = 7;
  book.at = kNow;
  book.services.resize(1);
  book.services[0].id = "API";
  book.account_labels["fedi"] = "Mastodon";
  ServiceEntry& entry = book.entries["API"];
  entry.stated = a_statement();
  entry.measured =
      Measurement{State::issue, kNow, 1, 2, std::chrono::minutes(5), true, "share_below_issue"};
  entry.measured_since = kNow;
  entry.shown = State::down;
  entry.since = kNow;
  entry.days[std::chrono::sys_days(std::chrono::days(20778))] = {1.5, 2, 3, 4, 0.1};
  tell(book);
  remember(book);
  book.swept = kNow;
  book.touched = {"i"};
  reindex(book);
  return book;
}

TEST(BookJson, ComesBackAsItWas) {
  for (const Book& book : {Book{}, a_book()}) {
    const auto back = decode_book(encode(book));
    ASSERT_TRUE(back.has_value()) << back.error().what;
    EXPECT_EQ(*back, book);
    EXPECT_EQ(encode(*back), encode(book));
  }
}

TEST(BookJson, HoldsOneIncidentToo) {
  for (const Incident& incident : a_book().incidents) {
    EXPECT_EQ(decode_incident(encode(incident)).value(), incident);
  }
  EXPECT_EQ(decode_incident("{").error().code, Error::Code::corrupt);
}

TEST(BookJson, MakesItsIndicesAnew) {
  const auto back = decode_book(encode(a_book()));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->places, (std::map<std::string, std::size_t>{{"j", 0}, {"i", 1}}));
  EXPECT_EQ(back->troubled, (std::map<std::string, std::string>{{"API", "i"}}));
  EXPECT_EQ(back->fading.size(), 1u);
}

TEST(BookJson, SaysWhatCannotBeRead) {
  for (const char* payload :
       {"", "null", "{\"seq\":\"x\"}", "{\"incidents\":[{\"phase\":\"?\"}]}"}) {
    const auto back = decode_book(payload);
    ASSERT_FALSE(back.has_value()) << payload;
    EXPECT_EQ(back.error().code, Error::Code::corrupt);
  }
  std::string cut = encode(a_book());
  cut.resize(cut.size() / 2);
  EXPECT_FALSE(decode_book(cut).has_value());
}

}  // namespace
}  // namespace signalbox
