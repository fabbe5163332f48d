// The files of messages: every language says all that English says, with the same blanks and
// markup.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "web/documents/language.h"
#include "web/documents/plural.h"

namespace signalbox::web {
namespace {

using Names = std::set<std::string>;

/// What stands between `open` and `close` in `text`, each as often as it is there.
std::multiset<std::string> between(const std::string& text, const std::string& open,
                                   const std::string& close) {
  std::multiset<std::string> found;
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const auto end = text.find(close, at);
    if (end == std::string::npos) break;
    found.insert(text.substr(at + open.size(), end - at - open.size()));
  }
  return found;
}

Names names_between(const std::string& text, const std::string& open, const std::string& close) {
  const auto all = between(text, open, close);
  return {all.begin(), all.end()};
}

/// The tags of templates, without those that only keep text of either direction apart.
std::multiset<std::string> markup(const std::string& text) {
  std::multiset<std::string> tags = between(text, "<", ">");
  std::erase_if(tags, [](const std::string& tag) {
    return tag.starts_with("bdi") || tag.starts_with("/bdi");
  });
  return tags;
}

/// `key` without its plural form, where it ends in one of them; "" where it does not.
std::string stem(const std::string& key) {
  for (const char* form : {".zero", ".one", ".two", ".few", ".many", ".other"}) {
    if (key.ends_with(form)) return key.substr(0, key.size() - std::string(form).size());
  }
  return "";
}

/// The plural families of a language with the forms each has.
std::map<std::string, Names> families(const Language& language) {
  std::map<std::string, Names> found;
  for (const auto& [key, message] : language.messages()) {
    if (!stem(key).empty()) found[stem(key)].insert(key.substr(stem(key).size() + 1));
  }
  return found;
}

Names plain_keys(const Language& language) {
  Names keys;
  for (const auto& [key, message] : language.messages()) {
    if (stem(key).empty()) keys.insert(key);
  }
  return keys;
}

TEST(Messages, AreThereInEveryLanguage) {
  for (const Language& one : languages()) {
    EXPECT_EQ(plain_keys(one), plain_keys(english())) << one.code();
    EXPECT_EQ(families(one).size(), families(english()).size()) << one.code();
    const auto forms = plural_forms(one.code());
    for (const auto& [family, has] : families(one)) {
      EXPECT_TRUE(families(english()).contains(family)) << family;
      EXPECT_EQ(has, Names(forms.begin(), forms.end())) << one.code() << " " << family;
    }
  }
}

TEST(Messages, HaveTheBlanksAndMarkupOfEnglish) {
  for (const Language& one : languages()) {
    for (const auto& [key, message] : one.messages()) {
      EXPECT_FALSE(message.empty()) << one.code() << " " << key;
      const bool counted = !stem(key).empty();
      const std::string& model = english().text(counted ? stem(key) + ".other" : key);
      Names blanks = names_between(message, "{", "}");
      Names theirs = names_between(model, "{", "}");
      // "one incident", "حادثان": a form may say its number in words.
      if (counted) blanks.erase("count"), theirs.erase("count");
      EXPECT_EQ(blanks, theirs) << one.code() << " " << key;
      EXPECT_EQ(markup(message), markup(model)) << one.code() << " " << key;
    }
  }
}

/// Messages that are the same in some other language: names, signs, and words that are shared.
bool may_be_english(const std::string& key, const std::string& message) {
  static const Names kShared = {"direction",          "list.comma",      "headline.join",
                                "headline.end",       "days.none",       "percent",
                                "percent.spaced",     "strip.join",      "number.group",
                                "number.decimal",     "date.short",      "date.month",
                                "length.ms",          "length.s",        "length.min",
                                "length.h",           "share.within",    "when",
                                "nav.label",          "nav.status",      "state.maint",
                                "reason.maintenance", "page.services",   "days.incidents",
                                "service.incidents",  "feeds.atom",      "feeds.rss",
                                "feeds.json",         "subscribe.feeds", "percent.spaced",
                                "metrics.points",     "service.badge",   "explore.closer",
                                "strip.issue",        "auto.changed",    "date.long"};
  const bool wordless =
      message.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") ==
      std::string::npos;
  return wordless || kShared.contains(key) || key.starts_with("month.") ||
         key.starts_with("metrics.table") || key.starts_with("history.count") ||
         key.starts_with("chart.title");
}

TEST(Messages, LeaveNoEnglishOver) {
  for (const Language& one : languages()) {
    if (&one == &english()) continue;
    for (const auto& [key, message] : one.messages()) {
      if (!english().messages().contains(key) || may_be_english(key, message)) continue;
      EXPECT_NE(message, english().text(key)) << one.code() << " " << key;
    }
  }
}

TEST(Messages, AreWrittenInTheirOwnScript) {
  const auto has = [](const std::string& text, char first, char last) {
    for (const char c : text) {
      if (c >= first && c <= last) return true;
    }
    return false;
  };
  for (const std::string code : {"ja", "ar"}) {
    for (const auto& [key, message] : language(code)->messages()) {
      if (key == "direction") continue;
      std::string words = message;
      for (const auto& [open, close] : {std::pair("<", ">"), std::pair("{{", "}}")}) {
        for (auto at = words.find(open); at != std::string::npos; at = words.find(open)) {
          words.erase(at, words.find(close, at) + std::string(close).size() - at);
        }
      }
      const bool latin = has(words, 'a', 'z') && words.find('{') == std::string::npos;
      EXPECT_TRUE(!latin || has(words, '\x80', '\xff')) << code << " " << key << ": " << message;
    }
  }
}

TEST(Plural, FollowsCldr) {
  struct Case {
    const char* code;
    long long count;
    const char* form;
  };
  const Case cases[] = {
      {"en", 0, "other"},      {"en", 1, "one"},         {"en", 2, "other"},
      {"de", 0, "other"},      {"de", 1, "one"},         {"de", 21, "other"},
      {"fr", 0, "one"},        {"fr", 1, "one"},         {"fr", 2, "other"},
      {"fr", 1000000, "many"}, {"fr", 1000001, "other"}, {"es", 0, "other"},
      {"es", 1, "one"},        {"es", 2000000, "many"},  {"es", 16, "other"},
      {"ja", 0, "other"},      {"ja", 1, "other"},       {"ja", 1000000, "other"},
      {"ar", 0, "zero"},       {"ar", 1, "one"},         {"ar", 2, "two"},
      {"ar", 3, "few"},        {"ar", 10, "few"},        {"ar", 11, "many"},
      {"ar", 26, "many"},      {"ar", 99, "many"},       {"ar", 100, "other"},
      {"ar", 101, "other"},    {"ar", 102, "other"},     {"ar", 103, "few"},
      {"ar", 111, "many"},     {"ar", 1000, "other"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(plural_form(one.code, one.count), one.form) << one.code << " " << one.count;
  }
}

}  // namespace
}  // namespace signalbox::web
