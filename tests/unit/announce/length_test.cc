#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "announce/announce.h"
#include "base/text.h"
#include "base/utf8.h"

namespace signalbox::announce {
namespace {

constexpr Limits kX{.most = 280, .count = Limits::Count::weighted, .url_cost = 23};

struct Published {
  std::string description;
  std::string text;
  std::size_t weight = 0;
};

std::string shared_data() {
  const char* own = std::getenv("SIGNALBOX_TEST_DATA");
  return own != nullptr ? own : SIGNALBOX_ROOT "/../shared/data";
}

/// The inside of a double-quoted YAML text: `\u2000`, `\U0001f431`, `\n`, `\"`.
std::string unescaped(std::string_view quoted) {
  std::string out;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] != '\\') {
      out += quoted[i];
      continue;
    }
    const char kind = quoted[++i];
    const std::size_t digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (digits == 0) {
      out += kind == 'n' ? '\n' : kind;
      continue;
    }
    const std::string hex(quoted.substr(i + 1, digits));
    out += utf8::encode(static_cast<char32_t>(std::stoul(hex, nullptr, 16)));
    i += digits;
  }
  return out;
}

std::string quoted_part(const std::string& line) {
  const auto first = line.find('"');
  return line.substr(first + 1, line.rfind('"') - first - 1);
}

/// The cases of one section of the vendor's conformance file.
std::vector<Published> published(const std::string& section) {
  std::ifstream file(shared_data() + "/twitter/twitter-text-validate.yml");
  std::vector<Published> cases;
  std::string line;
  bool inside = false;
  while (std::getline(file, line)) {
    if (line.starts_with("  ") && line.size() > 2 && line[2] != ' ') inside = line == section;
    if (!inside) continue;
    if (line.find("description:") != std::string::npos) cases.emplace_back().description = line;
    if (line.find("  text: ") != std::string::npos)
      cases.back().text = unescaped(quoted_part(line));
    const auto weight = line.find("weightedLength: ");
    if (weight != std::string::npos) cases.back().weight = std::stoul(line.substr(weight + 16));
  }
  return cases;
}

TEST(WeightedLength, IsWhatTheVendorPublishes) {
  const auto cases = published("  WeightedTweetsCounterTest:");
  if (cases.empty())
    GTEST_SKIP() << "skipped, because the vendor's cases are not in " << shared_data();
  EXPECT_GT(cases.size(), 15u);
  for (const Published& c : cases) {
    const bool international = c.description.find("punycode") != std::string::npos;
    if (international) {
      EXPECT_GE(length(c.text, kX), c.weight) << c.description;  // never too short is enough
    } else {
      EXPECT_EQ(length(c.text, kX), c.weight) << c.description;
    }
  }
}

TEST(WeightedLength, IsNeverShorterThanWithDiscountedEmoji) {
  for (const Published& c : published("  WeightedTweetsWithDiscountedEmojiCounterTest:")) {
    EXPECT_GE(length(c.text, kX), c.weight) << c.description;
  }
}

TEST(Length, CountsLinksAtTheNetworksPrice) {
  const Limits mastodon{.most = 500, .count = Limits::Count::code_points, .url_cost = 23};
  const std::string text = "see https://status.acme.example/incidents/12345678901234567890, ok";
  EXPECT_EQ(length(text, mastodon), 4 + 23 + 4u);
  EXPECT_EQ(length("のの", mastodon), 2u);
  EXPECT_EQ(length("のの", Limits{.most = 9, .count = Limits::Count::bytes, .url_cost = 0}), 6u);
}

TEST(Length, TakesABareDomainForALinkThatCostsMore) {
  EXPECT_EQ(length("api.example.com", kX), 23u);
  EXPECT_EQ(length("v1.2.3 e.g. 12:30", kX), 17u);
}

}  // namespace
}  // namespace signalbox::announce
