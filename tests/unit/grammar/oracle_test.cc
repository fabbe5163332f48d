// The parser against a second opinion: every string of a few tokens, read by RE2 patterns written
// from GRAMMAR.md.
#include <gtest/gtest.h>
#include <re2/re2.h>

#include "page.h"

namespace signalbox::grammar {
namespace {

constexpr std::string_view kNow = "2026-11-21T04:30:00Z";

/// Reads a post by patterns: the meaning of reports and notices, "mistake" where one is certain,
/// else "other".
class Oracle {
 public:
  std::string meaning_of(const std::string& text) const {
    std::string names, word, window, message;
    if (RE2::FullMatch(text, stated_, &names, &word, &window, &message)) {
      if (message.starts_with("//")) return "other";
      const std::string trimmed(trim(message));
      if (trimmed.empty()) return "mistake";
      const bool stateless = equal_ignoring_case(word, "IDENTIFIED");
      if (stateless && !window.empty()) return "mistake";
      return "report " + services(names) +
             (stateless ? " - IDENTIFIED \"" : " " + to_upper(word) + " - \"") + trimmed + "\"";
    }
    if (RE2::FullMatch(text, notice_, &names, &window, &message)) {
      if (message.starts_with("//")) return "other";
      const std::string trimmed(trim(message));
      if (trimmed.empty() || !window.empty()) return "mistake";
      return "notice " + services(names) + " - - \"" + trimmed + "\"";
    }
    return "other";
  }

 private:
  static std::string services(const std::string& names) {
    std::vector<std::string> ids;
    re2::StringPiece rest(names);
    std::string name;
    static const RE2 one("(?i)[\\s,+&\\x{a0}\\x{200b}]*(API|JS|BALANCED[^,+&]*?JS|ALL)");
    while (RE2::Consume(&rest, one, &name)) {
      const std::string id = name.size() > 3 ? "BALANCED-JS" : to_upper(name);
      const auto add = [&](const std::string& service) {
        if (std::find(ids.begin(), ids.end(), service) == ids.end()) ids.push_back(service);
      };
      if (id != "ALL") add(id);
      if (id == "ALL") {
        for (const auto* service : {"API", "JS", "BALANCED-JS", "DB"}) add(service);
      }
    }
    return join(ids, ",");
  }

  static constexpr const char* kStart =
      R"((?s)^[\s\x{a0}\x{200b}]*(?:@(?i:status)[\s\x{a0}\x{200b}]+)*)";
  static constexpr const char* kEnd =
      R"([ \x{a0}\x{200b}]*(\[until 18:00\])?[ \x{a0}\x{200b}]*(?::|\x{ff1a})(.*)$)";
  RE2 stated_{
      std::string(kStart) +
      R"(((?i:API|JS|BALANCED[ \x{a0}\x{200b}]*[-\x{2013}][ \x{a0}\x{200b}]*JS|ALL))"
      R"((?:[ \x{a0}\x{200b}]*[,+&][ \x{a0}\x{200b}]*(?i:API|JS|BALANCED[ \x{a0}\x{200b}]*[-\x{2013}][ \x{a0}\x{200b}]*JS|ALL))*))"
      R"([ \x{a0}\x{200b}]*[-\x{2013}][ \x{a0}\x{200b}]*((?i:UP|DOWN|IDENTIFIED)))" +
      kEnd};
  RE2 notice_{
      std::string(kStart) +
      R"(((?:API|JS|BALANCED-JS|ALL)(?:[ \x{a0}\x{200b}]*[,+&][ \x{a0}\x{200b}]*(?:API|JS|BALANCED-JS|ALL))*))" +
      kEnd};
};

/// Calls `visit` with every string of up to `most` tokens.
template <typename Visit>
void for_every_string(const std::vector<std::string>& tokens, std::size_t most,
                      const std::string& so_far, Visit visit) {
  visit(so_far);
  if (most == 0) return;
  for (const std::string& token : tokens) for_every_string(tokens, most - 1, so_far + token, visit);
}

std::size_t disagreements(const std::vector<std::string>& tokens, std::size_t most) {
  const Oracle oracle;
  const Time now = at(kNow);
  std::size_t count = 0, reports = 0;
  for_every_string(tokens, most, "", [&](const std::string& text) {
    const std::string ours = meaning(parse(text, page(), now));
    const std::string theirs = oracle.meaning_of(text);
    const bool ours_says = ours.starts_with("report") || ours.starts_with("notice");
    reports += ours_says;
    const bool agree = theirs == "mistake" ? ours.starts_with("mistake")
                       : theirs == "other" ? !ours_says
                                           : ours == theirs;
    if (!agree && ++count < 20)
      ADD_FAILURE() << "[" << text << "] ours: " << ours << ", oracle: " << theirs;
  });
  EXPECT_GT(reports, 100U) << "the strings hardly reach the grammar";
  return count;
}

TEST(Oracle, AgreesOnEveryStringOfTheWholeAlphabet) {
  EXPECT_EQ(disagreements({"API", "js", "BALANCED-JS", "ALL", "-", "DOWN", ":", " ", "x", ",",
                           "[until 18:00]", "@status ", "//"},
                          5),
            0U);
}

TEST(Oracle, AgreesOnEveryStringWithClientsHabits) {
  EXPECT_EQ(disagreements(
                {"API", "Identified", "-", "\u2013", "\u00A0", "\u200B", "\uFF1A", "\n", ":"}, 6),
            0U);
}

TEST(Oracle, AgreesOnLongHeads) {
  EXPECT_EQ(disagreements({"JS", "BALANCED", "-UP", "-", ",", ": x"}, 7), 0U);
}

}  // namespace
}  // namespace signalbox::grammar
