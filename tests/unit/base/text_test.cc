#include "base/text.h"

#include <gtest/gtest.h>

#include "base/hash.h"
#include "base/normal_form.h"
#include "base/utf8.h"

namespace signalbox {
namespace {

TEST(Text, MakesInvalidUtf8Valid) {
  EXPECT_EQ(valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(valid_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(valid_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(valid_utf8("é😀"), "é😀");
}

TEST(Text, TrimsVisibleAndInvisibleSpace) {
  EXPECT_EQ(trim(" \t\u00A0\u200Bup \u3000\n"), "up");
  EXPECT_EQ(trim("\u2009"), "");
  EXPECT_EQ(trim("é"), "é");
}

TEST(Text, IsComposedAsUnicodeSays) {
  EXPECT_EQ(composed("plain"), "plain");
  EXPECT_EQ(composed("e\u0301 \u1112\u1161\u11AB \u30AB\u3099"), "\u00E9 \uD55C \u30AC");
  EXPECT_EQ(composed("\u0958"), "\u0915\u093C") << "some are composed as two";
  EXPECT_EQ(composed("q\u0323\u0307"), composed("q\u0307\u0323"));
  EXPECT_EQ(composed("a\xFF e\u0301"), "a\xFF e\u0301");
  EXPECT_EQ(composed(""), "");
}

TEST(Text, KeepsWhatPeopleSeeAsOneCharacterTogether) {
  EXPECT_EQ(graphemes("e\u0301a").size(), 2u);
  EXPECT_EQ(graphemes("👩‍👩‍👧👍🏽").size(), 2u);
  EXPECT_EQ(graphemes("🇫🇷🇩🇪").size(), 2u);
}

TEST(Text, ShortensAtACharacter) {
  EXPECT_EQ(shorten("short", 10), "short");
  EXPECT_EQ(shorten("abcdefghij", 5), "abcd…");
  EXPECT_EQ(shorten("ab👩‍👩‍👧cdef", 5), "ab…");
}

TEST(Text, CannotForgeALine) {
  EXPECT_EQ(one_line("a\nb\x1b[31m\t\r"), "a\\nb\\x1b[31m\\t\\r");
  EXPECT_EQ(printable("a\x01\u202Eb\nc"), "ab\nc");
}

TEST(Text, CutsPercentagesAndNeverRounds) {
  EXPECT_EQ(percent(99999, 100000, 2), "99.99");
  EXPECT_EQ(percent(9999999, 10000000, 3), "99.999");
  EXPECT_EQ(percent(1, 1, 3), "100");
  EXPECT_EQ(percent(29, 100, 0), "29");
  EXPECT_EQ(percent(0, 5, 1), "0.0");
  EXPECT_EQ(with_commas(12400), "12,400");
  EXPECT_EQ(with_commas(-1234567), "-1,234,567");
  EXPECT_EQ(with_commas(7), "7");
}

TEST(Hash, NamesAreStableForEver) {
  EXPECT_EQ(hash64("signalbox"), hash64("signalbox"));
  EXPECT_EQ(short_id("API").size(), 12u);
  EXPECT_NE(short_id("API"), short_id("JS"));
}

TEST(Utf8, EncodesWhatItDecodes) {
  for (const char32_t c : {U'a', U'é', U'…', U'😀', U'\U0010FFFF'}) {
    const auto point = utf8::decode(utf8::encode(c));
    EXPECT_TRUE(point.valid);
    EXPECT_EQ(point.value, c);
  }
}

}  // namespace
}  // namespace signalbox
