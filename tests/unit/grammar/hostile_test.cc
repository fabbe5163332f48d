// Posts meant to hurt: any bytes, any length. None crashes, none costs more than its length.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "page.h"

namespace signalbox::grammar {
namespace {

bool is_report(const Sentence& sentence) { return std::holds_alternative<Report>(sentence); }

std::string data_folder() {
  const char* given = std::getenv("SIGNALBOX_TEST_DATA");
  return given != nullptr ? given : SIGNALBOX_ROOT "/../shared/data";
}

TEST(Hostile, NaughtyStringsAreNeverReports) {
  std::ifstream file(data_folder() + "/hostile/blns.json");
  if (!file) GTEST_SKIP() << "skipped, because " << data_folder() << " has no hostile/blns.json";
  const auto strings = nlohmann::json::parse(file, nullptr, false);
  ASSERT_GT(strings.size(), 400U);
  for (const auto& entry : strings) {
    const auto text = entry.get<std::string>();
    EXPECT_FALSE(is_report(say(text))) << text;
    EXPECT_FALSE(is_report(say("@status " + text))) << text;
    EXPECT_FALSE(is_report(say(text + "-DOWN: x"))) << text;
    const Sentence sentence = say("API-DOWN: x" + text + "x");
    ASSERT_TRUE(is_report(sentence)) << text;
    EXPECT_EQ(std::get<Report>(sentence).message, "x" + text + "x");
  }
}

TEST(Hostile, RandomBytesNeverCrashAndGiveValidText) {
  std::mt19937 random(7);  // NOLINT(cert-msc51-cpp): the same every time
  const std::string pieces[] = {"API",  "-",    "DOWN", ":",    "[",        "until", "]", "@status",
                                "\xE2", "\x80", "\x93", "\xFF", "\xEF\xBC", "/",     " "};
  for (int i = 0; i < 50'000; ++i) {
    std::string text;
    for (auto left = random() % 12; left > 0; --left) {
      text += random() % 8 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                : pieces[random() % std::size(pieces)];
    }
    const Sentence sentence = say(text);
    if (const auto* report = std::get_if<Report>(&sentence)) {
      EXPECT_EQ(valid_utf8(report->message), report->message);
    }
    if (const auto* mistake = std::get_if<Mistake>(&sentence)) {
      EXPECT_EQ(valid_utf8(mistake->what), mistake->what);
      EXPECT_EQ(valid_utf8(mistake->suggestion), mistake->suggestion);
    }
  }
}

TEST(Hostile, AMegabyteIsAMessageLikeAnyOther) {
  const std::string message(1'000'000, 'x');
  EXPECT_EQ(std::get<Report>(say("API-DOWN: " + message)).message, message);
}

/// Seconds for one parse of `unit` repeated to `bytes`.
double cost(std::string_view start, std::string_view unit, std::size_t bytes) {
  std::string text(start);
  while (text.size() < bytes) text += unit;
  const auto before = std::chrono::steady_clock::now();
  say(text);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

TEST(Hostile, LongPostsAreReadInLinearTime) {
  for (const std::string_view start :
       {"", "API", "API-DOWN: ", "API-MAINT [", "@status ", "API,"}) {
    for (const std::string_view unit :
         {"a",      "-",      ",",      "API,",     "API-",   "API-DOWN-", "API-DOWN,",
          "-DOWN",  " ",      "\n",     "@status ", ":",      "[",         "]",
          "\u2013", "\u200B", "\u0410", "\xFF",     "API - ", "A,",        "[until 18:00]",
          "x ",     "DOWN-",  "?",      "0",        "1h"}) {
      // Generous: 10 ms for a megabyte is usual in a debug build, something quadratic takes
      // minutes.
      EXPECT_LT(cost(start, unit, 250'000), 2.0) << start << " then " << unit;
    }
  }
}

}  // namespace
}  // namespace signalbox::grammar
