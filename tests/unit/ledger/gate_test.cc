#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

struct Row {
  const char* name;
  Sentence sentence;
  void (*prepare)(Desk&, Post&, Speaker&);
  Verdict verdict;
  const char* reason;
};

const Report kDown = a_report({"API"}, State::down, "disks caught fire");
const Report kNotice = a_report({"API"}, {}, "read our postmortem");
const Mistake kMistake{"unknown_word", "no such word", "API-DOWN: x"};

const std::vector<Row>& rows() {
  static const std::vector<Row> kRows = {
      {"own", kDown, [](Desk&, Post&, Speaker&) {}, Verdict::applied, "report"},
      {"boost", kDown, [](Desk&, Post& p, Speaker&) { p.origin = Origin::boost; }, Verdict::ignored,
       "boost"},
      {"quote", kDown, [](Desk&, Post& p, Speaker&) { p.origin = Origin::quote; }, Verdict::ignored,
       "quote"},
      {"forwarded", kDown, [](Desk&, Post& p, Speaker&) { p.origin = Origin::forwarded; },
       Verdict::ignored, "forwarded"},
      {"hidden", kDown, [](Desk&, Post& p, Speaker&) { p.origin = Origin::hidden; },
       Verdict::ignored, "hidden"},
      {"bot", kDown, [](Desk&, Post& p, Speaker&) { p.origin = Origin::bot; }, Verdict::ignored,
       "bot"},
      {"frozen", kDown, [](Desk& d, Post&, Speaker&) { d.book.frozen.insert("fedi"); },
       Verdict::withheld, "frozen"},
      {"echo", kDown, [](Desk&, Post&, Speaker& s) { s.echo = true; }, Verdict::echo,
       "own_announcement"},
      {"unknown account", kDown, [](Desk&, Post& p, Speaker&) { p.account = "other"; },
       Verdict::ignored, "unknown_account"},
      {"listed author", kDown,
       [](Desk&, Post& p, Speaker&) {
         p.account = "ops";
         p.author = "U2";
       },
       Verdict::applied, "report"},
      {"member", kDown,
       [](Desk& d, Post& p, Speaker&) {
         p.account = "ops";
         d.rules.accounts["ops"].authors = Authors::members;
       },
       Verdict::applied, "report"},
      {"stranger's report", kDown, [](Desk&, Post& p, Speaker&) { p.account = "ops"; },
       Verdict::mistake, "not_allowed"},
      {"stranger's mistake", kMistake, [](Desk&, Post& p, Speaker&) { p.account = "ops"; },
       Verdict::mistake, "not_allowed"},
      {"stranger's chat", kNotice, [](Desk&, Post& p, Speaker&) { p.account = "ops"; },
       Verdict::ignored, "not_allowed"},
      {"stranger's question", Question{}, [](Desk&, Post& p, Speaker&) { p.account = "ops"; },
       Verdict::ignored, "not_allowed"},
      {"mistake", kMistake, [](Desk&, Post&, Speaker&) {}, Verdict::mistake, "unknown_word"},
      {"question", Question{}, [](Desk&, Post&, Speaker&) {}, Verdict::question, "question"},
      {"nothing for us", NotOurs{}, [](Desk&, Post&, Speaker&) {}, Verdict::ignored, "not_ours"},
      {"notice", kNotice, [](Desk&, Post&, Speaker&) {}, Verdict::applied, "notice"},
      {"notice on slack", kNotice,
       [](Desk&, Post& p, Speaker&) {
         p.account = "ops";
         p.author = "U1";
       },
       Verdict::ignored, "not_addressed"},
      {"notice on slack that mentions us", kNotice,
       [](Desk&, Post& p, Speaker&) {
         p.account = "ops";
         p.author = "U1";
         p.addressed = true;
       },
       Verdict::applied, "notice"},
  };
  return kRows;
}

TEST(Gate, LetsOnlyStaffsOwnWordsThrough) {
  for (const Row& row : rows()) {
    SCOPED_TRACE(row.name);
    Desk desk;
    Post post = desk.post("a text");
    Speaker speaker;
    row.prepare(desk, post, speaker);
    const PostReceived heard = desk.hear(post, row.sentence, speaker);
    EXPECT_EQ(word(heard.verdict), word(row.verdict));
    EXPECT_EQ(heard.reason, row.reason);
    const bool applied = row.verdict == Verdict::applied;
    EXPECT_EQ(heard.tell, applied);
    EXPECT_EQ(desk.book.entries.at("API").stated.has_value() || !desk.book.notices.empty(),
              applied);
  }
}

TEST(Gate, AnswersAStrangerInsteadOfObeying) {
  Desk desk;
  const auto heard = desk.hear(desk.post("API-DOWN: x", "ops", "U9"), kDown);
  ASSERT_TRUE(std::holds_alternative<Mistake>(heard.sentence));
  EXPECT_NE(std::get<Mistake>(heard.sentence).what.find("U9"), std::string::npos);
}

TEST(Gate, NamesTheSpeakerOnlyAsConfigured) {
  Desk desk;
  Post post = desk.post("API-DOWN: x");
  post.url = "https://m.example/1";
  EXPECT_EQ(desk.hear(post, kDown).source, (Source{"fedi", "Mastodon", "", ""}));
  desk.rules.accounts["fedi"].author_names["A"] = "Ann";
  desk.rules.accounts["fedi"].link_public = true;
  Post other = desk.post("JS-DOWN: y");
  other.url = "https://m.example/2";
  EXPECT_EQ(desk.hear(other, a_report({"JS"}, State::down, "y")).source,
            (Source{"fedi", "Mastodon", "Ann", "https://m.example/2"}));
}

TEST(Thread, AReplyIsAnUpdateThatIsNotTold) {
  Desk desk;
  desk.say({"API"}, State::down, "disks caught fire");
  Post reply = desk.post("@status still burning");
  reply.thread = desk.last.id;
  const auto heard = desk.hear(reply, NotOurs{});
  EXPECT_EQ(heard.verdict, Verdict::applied);
  EXPECT_EQ(heard.reason, "thread_reply");
  EXPECT_FALSE(heard.tell);
  ASSERT_EQ(desk.incident().updates.size(), 2u);
  EXPECT_EQ(desk.incident().updates[1].text, "still burning");
  EXPECT_EQ(desk.rewrite(reply, NotOurs{}, "put out").reason, "text_revised");
  EXPECT_EQ(desk.incident().updates[1].text, "put out");
}

TEST(Thread, NeedsAPhaseWhereEngineersTalk) {
  Desk desk;
  desk.say(a_report({"API"}, State::down, "disks"), "ops", "U1");
  Post chat = desk.post("who has a bucket?", "ops", "U1");
  chat.thread = desk.last.id;
  EXPECT_EQ(desk.hear(chat, NotOurs{}).reason, "not_ours");
  Post phase = desk.post("identified: a bad controller", "ops", "U1");
  phase.thread = desk.last.id;
  const auto heard = desk.hear(phase, NotOurs{});
  EXPECT_EQ(heard.reason, "phase");
  EXPECT_FALSE(heard.tell);
  EXPECT_EQ(desk.incident().phase, Phase::identified);
}

TEST(Thread, EndsWithItsIncident) {
  Desk desk;
  desk.say({"API"}, State::down, "disks");
  Post reply = desk.post("thanks all");
  reply.thread = desk.last.id;
  desk.say({"API"}, State::up, "fixed");
  EXPECT_EQ(desk.hear(reply, NotOurs{}).reason, "not_ours");
}

TEST(Thread, KnowsTheThreadOfOurOwnAnnouncement) {
  Desk desk;
  desk.machine(Tidings::worse, {{"API", State::issue}});
  Post reply = desk.post("looking");
  reply.thread = "ours";
  Speaker speaker;
  speaker.incident = desk.incident().id;
  EXPECT_EQ(desk.hear(reply, NotOurs{}, speaker).reason, "thread_reply");
  EXPECT_TRUE(desk.incident().touched);
}

}  // namespace
}  // namespace signalbox::ledger
