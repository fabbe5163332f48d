// Near misses get a hint; ordinary chat does not.
#include <gtest/gtest.h>

#include "grammar/distance.h"
#include "page.h"

namespace signalbox::grammar {
namespace {

void expect_all(std::initializer_list<Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(meaning(say(row.text)), row.means) << row.text;
}

TEST(Mistakes, OfSpellingAreCorrected) {
  expect_all({
      {"APi-DWON: disks", "mistake unknown_word > API-DOWN: disks"},
      {"API-DONW: disks", "mistake unknown_word > API-DOWN: disks"},
      {"api-isue: slow", "mistake unknown_word > API-ISSUE: slow"},
      {"API-MANTENANCE: x", "mistake unknown_word > API-MAINTENANCE: x"},
      {"AIP-DOWN: x", "mistake unknown_service > API-DOWN: x"},
      {"aip-down: x", "mistake unknown_service > API-DOWN: x"},
      {"AIP-DWON: x", "mistake unknown_service > API-DOWN: x"},
      {"BALANCD-JS-DOWN: x", "mistake unknown_service > BALANCED-JS-DOWN: x"},
      {"JS,AIP-DOWN: x", "mistake unknown_service > JS,API-DOWN: x"},
      {"API--DOWN: x", "mistake unknown_service > API-DOWN: x"},
      {"API-DWON [until 18:00]: x\ny", "mistake unknown_word > API-DOWN [until 18:00]: x\ny"},
  });
}

TEST(Mistakes, OfACommaWithoutATargetAreCorrected) {
  expect_all({
      {",API-DOWN: x", "mistake missing_target > API-DOWN: x"},
      {"API,,JS-DOWN: x", "mistake missing_target > API,JS-DOWN: x"},
      {"API,-DOWN: x", "mistake missing_target > API-DOWN: x"},
      {"API, -down: x", "mistake missing_target > API-DOWN: x"},
      {"API-DOWN,: x", "mistake missing_target > API-DOWN: x"},
      {"+API & ,JS-DOWN [until 18:00]: x", "mistake missing_target > API,JS-DOWN [until 18:00]: x"},
      {",PAYMENTS-DOWN: x", "mistake unknown_service > "},
      {",API: x", "none"},
      {",-DOWN: x", "none"},
      {", and so on: x", "none"},
  });
}

TEST(Mistakes, WithoutACorrectionAreStillAnswered) {
  expect_all({
      {"PAYMENTS-DOWN: x", "mistake unknown_service > "},
      {"API,PAYMENTS-down: x", "mistake unknown_service > "},
      {"API-BROKEN: x", "mistake unknown_word > "},
      {"API-DOWN,JS-UP: x", "mistake two_words > "},
  });
}

TEST(Mistakes, OfPlacingAreCorrected) {
  expect_all({
      {"API-DOWN disks caught fire", "mistake missing_colon > API-DOWN: disks caught fire"},
      {"API-DOWN since 12:30", "mistake missing_colon > API-DOWN: since 12:30"},
      {"API-DOWN - disks on fire", "mistake missing_colon > API-DOWN: disks on fire"},
      {"API-DOWN", "mistake missing_colon > "},
      {"API-DOWN [until 18:00] disks", "mistake missing_colon > API-DOWN [until 18:00]: disks"},
      {"API DOWN: disks", "mistake missing_dash > API-DOWN: disks"},
      {"APIDOWN: disks", "mistake missing_dash > API-DOWN: disks"},
      {"API_DOWN: disks", "mistake missing_dash > API-DOWN: disks"},
      {"FYI API-DOWN: disks", "mistake words_before_head > API-DOWN: disks"},
      {"Public API-DOWN: disks", "mistake words_before_head > API-DOWN: disks"},
      {"Payment Gateway-DOWN: x", "mistake words_before_head > "},
  });
}

TEST(Mistakes, AreNotSeenInOrdinaryChat) {
  for (const std::string_view text :
       {"note: buy milk",
        "http://example.com/API-DOWN: x",
        "https://x",
        "Re: API",
        "well-known: facts",
        "follow-up: see below",
        "Follow-Up: notes",
        "sign-up: here",
        "count-down: 3 2 1",
        "known-issue: none",
        "heads-up: meeting at 10:00",
        "api-docs: https://x",
        "api-v2: released",
        "API-v2: released",
        "api is down: really?",
        "API is DOWN: really?",
        "api down: anyone?",
        "Hello everyone, the meeting is at 10:00",
        "API, GraphQL: which do we like?",
        "see API-DOWN",
        "\"API-DOWN: x\"",
        "> API-DOWN: x",
        "`API-DOWN: x`",
        "\u201CAPI-DOWN: x\u201D",
        "12:30",
        ":-)",
        "::",
        "",
        " ",
        "-",
        "-:",
        "--DOWN: x",
        "-DOWN: x",
        ",-DOWN",
        "[until 18:00]: x",
        "JS [1]: see the footnote",
        "api-up to date docs are here",
        "\u041F\u0440\u0438\u0432\u0435\u0442 \u0432\u0441\u0435\u043C: x",
        "P.S.: thanks",
        "TODO: API-DOWN handling",
        "@bob: hi",
        "@status",
        "@status thanks!",
        "API",
        "DOWN: x",
        "DOWN",
        "UP-DOWN"}) {
    EXPECT_EQ(meaning(say(text)), "none") << text;
  }
}

TEST(Mistakes, ShowTheAuthorsTextOnOneShortLine) {
  const auto mistake = std::get<Mistake>(say("\xFF" + std::string(500, 'x') + "-DOWN: x"));
  EXPECT_LT(mistake.what.size(), 250U);
  EXPECT_EQ(mistake.what.find('\n'), std::string::npos);
  EXPECT_NE(mistake.what.find("ALL, API, JS"), std::string::npos);
}

TEST(Slips, CountLettersLeftOutAddedChangedAndSwapped) {
  EXPECT_EQ(slips("DOWN", "down", 2), 0U);
  EXPECT_EQ(slips("DWON", "DOWN", 2), 1U);
  EXPECT_EQ(slips("DOWNN", "DOWN", 2), 1U);
  EXPECT_EQ(slips("DON", "DOWN", 2), 1U);
  EXPECT_EQ(slips("TOWN", "DOWN", 2), 1U);
  EXPECT_EQ(slips("KNOWN", "DOWN", 2), 2U);
  EXPECT_EQ(slips("UP", "DOWN", 2), 3U);
  EXPECT_EQ(slips("", "DOWN", 2), 3U);
  EXPECT_EQ(slips("", "", 2), 0U);
}

}  // namespace
}  // namespace signalbox::grammar
