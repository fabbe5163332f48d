#include <gtest/gtest.h>

#include "announce/wording.h"
#include "stage.h"

namespace signalbox::announce {
namespace {

Announcement of(std::vector<std::string> targets, std::string word, std::string text) {
  Announcement a;
  a.targets = std::move(targets);
  a.head_word = std::move(word);
  a.text = std::move(text);
  a.at = kStart + minutes(12);
  return a;
}

constexpr Limits kX{.most = 280, .count = Limits::Count::weighted, .url_cost = 23};

TEST(Wording, TellsHowFarAFigureReachesAsPeopleWould) {
  using namespace std::chrono_literals;
  EXPECT_EQ(span_text(90s), "90 s");
  EXPECT_EQ(span_text(5min), "5 min");
  EXPECT_EQ(span_text(307s), "5 min") << "readings reach back to whole intervals, not minutes";
  EXPECT_EQ(span_text(359s), "6 min");
  EXPECT_EQ(span_text(2h), "2 h");
}

TEST(Compose, IsHeadTextAndTime) {
  const Snapshot board = board_of({"API", "JS"});
  EXPECT_EQ(compose(of({"API", "JS"}, "DOWN", "disks"), {}, board),
            "API,JS-DOWN: disks (03:12 UTC)");
  EXPECT_EQ(compose(of({"JS"}, "", "read this"), {}, board), "JS: read this (03:12 UTC)");
  EXPECT_EQ(compose(of({}, "", "withdrawn: x"), {}, board), "withdrawn: x (03:12 UTC)");
}

TEST(Compose, GivesAHintNoTime) {
  Announcement a = of({}, "", "did you mean\nAPI-DOWN: x");
  a.tidings = Tidings::hint;
  EXPECT_EQ(compose(a, {}, board_of({"API"})), "did you mean\nAPI-DOWN: x");
}

TEST(Compose, CutsTheTextAtAGrapheme) {
  std::string family;
  for (int i = 0; i < 30; ++i) family += "👨‍👩‍👧‍👦";
  const std::string line = compose(of({"API"}, "DOWN", family), kX, board_of({"API"}));
  EXPECT_LE(length(line, kX), 280u);
  EXPECT_TRUE(line.ends_with("👦… (03:12 UTC)")) << line;
}

TEST(Compose, FillsTheLimitToItsEnd) {
  for (std::size_t most = 40; most < 400; most += 7) {
    const Limits limits{.most = most, .count = Limits::Count::code_points, .url_cost = 0};
    const std::string line =
        compose(of({"API"}, "DOWN", std::string(1000, 'x')), limits, board_of({"API"}));
    EXPECT_EQ(length(line, limits), most);
  }
}

TEST(Compose, NamesTheWorstThatFitAndCountsTheOthers) {
  std::vector<std::string> ids;
  for (int i = 0; i < 40; ++i) ids.push_back("service-number-" + std::to_string(i));
  const Snapshot board = board_of(ids);
  const std::string line = compose(of(ids, "DOWN", std::string(500, 'x')), kX, board);
  EXPECT_LE(length(line, kX), 280u);
  EXPECT_TRUE(line.starts_with("service-number-0,service-number-1,")) << line;
  EXPECT_NE(line.find("-DOWN: and 31 more: xxx"), std::string::npos) << line;
}

TEST(Compose, NeverCutsInsideALink) {
  const std::string text = "see https://status.acme.example/incidents/very-long-name-of-it now";
  const Limits limits{.most = 60, .count = Limits::Count::code_points, .url_cost = 0};
  EXPECT_EQ(compose(of({"API"}, "DOWN", text), limits, board_of({"API"})),
            "API-DOWN: see… (03:12 UTC)");
}

TEST(Compose, LeavesOutWhatReordersOrControls) {
  EXPECT_EQ(compose(of({"API"}, "DOWN", "a\x1b\u202Eb"), {}, board_of({"API"})),
            "API-DOWN: ab (03:12 UTC)");
}

TEST(Normalised, FindsOurOwnWordsAgain) {
  const std::string said = "API-DOWN: a & b <c>\n see https://long.example/page Á";
  EXPECT_EQ(normalised(said),
            normalised("API-DOWN:  a &amp; b &lt;c&gt; see https://t.co/xyz A\u0301 "));
  EXPECT_NE(normalised("API-DOWN: x (04:12 CET)"), normalised("API-DOWN: x (04:13 CET)"));
  EXPECT_EQ(normalised(" a\u00A0\u200Bb\r\nc "), "a b c");
  EXPECT_EQ(normalised("&amp;lt;"), "&lt;");
  EXPECT_EQ(normalised("\u1112\u1161\u11AB \u30AB\u3099"), normalised("\uD55C \u30AC"))
      << "beyond Latin too";
}

}  // namespace
}  // namespace signalbox::announce
