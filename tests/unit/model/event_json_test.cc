#include <gtest/gtest.h>

#include "model/event.h"

namespace signalbox {
namespace {

const Time kNow = Time(std::chrono::milliseconds(1795233600123));

Post a_post() {
  Post post;
  post.account = "fedi";
  post.id = "18446744073709551615";
  post.revision = "2";
  post.author = "109";
  post.text = "API-DOWN: \"quoted\" \\ tab\t newline\n nul\x01 déjà 🔥";
  post.thread = "7";
  post.origin = Origin::quote;
  post.at = kNow;
  post.received = kNow + std::chrono::seconds(1);
  return post;
}

std::vector<decltype(Event::what)> one_of_each() {
  Report report{{"ALL"}, {"API", "JS"}, State::up, Phase::resolved, kNow, kNow, "all\nback"};
  PostReceived heard;
  heard.post = a_post();
  heard.verdict = Verdict::corrected;
  heard.reason = "corrected";
  heard.tell = true;
  heard.source = {"fedi", "Mastodon", "Ann", "https://m.example/1"};
  heard.incident = "abc";
  heard.lapses = kNow;
  heard.console = true;
  std::vector<decltype(Event::what)> all;
  for (const Sentence& sentence :
       {Sentence(NotOurs{}), Sentence(report), Sentence(Mistake{"a", "b", "c"}),
        Sentence(Question{}), Sentence(Question{{"API"}})}) {
    heard.sentence = sentence;
    all.emplace_back(heard);
  }
  all.emplace_back(MeasuredChanged{
      "API",
      State::up,
      {State::issue, kNow, 12062.25, 12400, std::chrono::minutes(5), true, "share_below_issue"}});
  all.emplace_back(StandingChanged{"API", State::up, State::maint, "maintenance"});
  all.emplace_back(Elapsed{Elapsed::What::reminder_silent, "abc"});
  all.emplace_back(Commanded{Commanded::What::go_back, "fedi 109", "console", kNow});
  MachineSpoke spoke;
  spoke.announcement.id = "x";
  spoke.announcement.tidings = Tidings::better;
  spoke.announcement.audience = Audience::followers_and_staff;
  spoke.announcement.lines = {{"API", State::up, 0.1, 1e300, std::chrono::minutes(5)}};
  spoke.announcement.answers = PostRef{"ops", "1", "2"};
  spoke.told = false;
  all.emplace_back(spoke);
  Service service;
  service.id = "API";
  service.aliases = {"rest"};
  service.measured = true;
  service.thresholds.issue_below = 99.9;
  all.emplace_back(Configured{{service}, {{"fedi", "Mastodon"}}});
  return all;
}

TEST(EventJson, ComesBackAsItWas) {
  std::uint64_t seq = 0;
  for (const auto& what : one_of_each()) {
    const Event event{++seq, kNow, what};
    const auto back = decode(seq, kNow, kEventVersion, kind(event), encode(event));
    ASSERT_TRUE(back.has_value()) << back.error().what;
    EXPECT_EQ(*back, event) << encode(event);
  }
}

TEST(EventJson, PassesOverKeysItDoesNotKnow) {
  const auto back =
      decode(1, kNow, 1, "elapsed", R"({"what":"notice_ended","subject":"n","later":[1,{"a":2}]})");
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(std::get<Elapsed>(back->what), (Elapsed{Elapsed::What::notice_ended, "n"}));
}

TEST(EventJson, LeavesTheDefaultOfAMissingKey) {
  const auto back = decode(1, kNow, 1, "machine_spoke", R"({"announcement":{"id":"x"}})");
  ASSERT_TRUE(back.has_value());
  EXPECT_TRUE(std::get<MachineSpoke>(back->what).told);
}

TEST(EventJson, SaysWhatCannotBeRead) {
  struct Row {
    int version;
    const char* kind;
    const char* payload;
    const char* says;
  };
  for (const Row& row : {
           Row{1, "elapsed", "{", "not a JSON object"},
           Row{1, "elapsed", "[]", "not a JSON object"},
           Row{1, "elapsed", "", "not a JSON object"},
           Row{1, "elapsed", R"({"what":"never_heard_of"})", "\"what\""},
           Row{1, "elapsed", R"({"subject":7})", "\"subject\""},
           Row{1, "measured_changed", R"({"now":{"at":"noon"}})", "\"at\""},
           Row{1, "post_received", R"({"post":[]})", "\"post\""},
           Row{1, "dreamt", "{}", "unknown kind"},
           Row{2, "elapsed", "{}", "newer release"},
       }) {
    const auto back = decode(9, kNow, row.version, row.kind, row.payload);
    ASSERT_FALSE(back.has_value()) << row.payload;
    EXPECT_EQ(back.error().code, Error::Code::corrupt);
    EXPECT_NE(back.error().what.find(row.says), std::string::npos) << back.error().what;
  }
}

TEST(EventJson, ReadsTheFirstReleasesPayloads) {
  const auto back = decode(
      3, kNow, 1, "post_received",
      R"({"post":{"account":"fedi","id":"1","deleted":false,"author":"109","text":"API-DOWN: x",)"
      R"("origin":"own","addressed":false,"at":1795233600123,"received":1795233600123},)"
      R"("report":{"targets":["API"],"services":["API"],"state":"DOWN","message":"x"},)"
      R"("verdict":"applied","reason":"report","tell":true,"source":{"account":"fedi"},)"
      R"("console":false})");
  ASSERT_TRUE(back.has_value()) << back.error().what;
  const auto& heard = std::get<PostReceived>(back->what);
  EXPECT_EQ(std::get<Report>(heard.sentence).state, State::down);
  EXPECT_EQ(heard.post.at, kNow);
}

}  // namespace
}  // namespace signalbox
