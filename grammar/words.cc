#include "grammar/words.h"

#include <algorithm>
#include <array>

namespace signalbox::grammar {
namespace {

constexpr std::array kWords{
    Word{"UP", State::up, {}},
    Word{"OK", State::up, {}},
    Word{"OPERATIONAL", State::up, {}},
    Word{"ISSUE", State::issue, {}},
    Word{"DEGRADED", State::issue, {}},
    Word{"PARTIAL", State::issue, {}},
    Word{"DOWN", State::down, {}},
    Word{"OUTAGE", State::down, {}},
    Word{"MAJOR", State::down, {}},
    Word{"MAINT", State::maint, {}},
    Word{"MAINTENANCE", State::maint, {}},
    Word{"INVESTIGATING", {}, Phase::investigating},
    Word{"IDENTIFIED", {}, Phase::identified},
    Word{"MONITORING", {}, Phase::monitoring},
    Word{"RESOLVED", State::up, Phase::resolved},
    Word{"DONE", State::up, Phase::done},
    Word{"POSTMORTEM", {}, Phase::postmortem},
};

constexpr std::array<std::string_view, 4> kOtherReserved{"ALL", "UNTIL", "HELP", "STATUS"};

char capital(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; }

/// `capitals` holds no lower-case letters.
bool reads_as(std::string_view text, std::string_view capitals) {
  if (text.size() != capitals.size()) return false;
  return std::equal(text.begin(), text.end(), capitals.begin(), [](char mine, char theirs) {
    return mine == theirs || capital(mine) == theirs;
  });
}

}  // namespace

std::span<const Word> all_words() { return kWords; }

const Word* find_word(std::string_view text) {
  for (const Word& word : kWords) {
    if (reads_as(text, word.text)) return &word;
  }
  return nullptr;
}

bool is_reserved(std::string_view name) {
  return find_word(name) != nullptr ||
         std::any_of(kOtherReserved.begin(), kOtherReserved.end(),
                     [&](std::string_view reserved) { return reads_as(name, reserved); });
}

bool is_shouted(std::string_view text) {
  return text.size() >= 2 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace signalbox::grammar
