// A network for simulations: accepts, refuses, loses answers, and shows what it accepted a little
// later.
#pragma once

#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/time.h"

namespace signalbox::outbox::testing {

/// One account's timeline in virtual time.
class FakeNetwork {
 public:
  enum class Answer { accepted, lost, refused, unreachable };
  struct Said {
    std::string id;
    std::string text;
    Time visible{};
  };

  explicit FakeNetwork(std::mt19937_64& chance) : chance_(chance) {}

  /// Someone says `text` at `now`. `lost`: it may or may not stand there, the caller cannot know.
  Answer say(const std::string& text, Time now) {
    const auto luck = chance_() % 100;
    if (luck < 5) return Answer::refused;
    if (luck < 10) return Answer::unreachable;
    if (luck < 15) return Answer::lost;  // the request never arrived
    Said said{std::to_string(said_.size() + 1), text, now + Duration(chance_() % 4000)};
    said_.push_back(said);
    return luck < 45 ? Answer::lost : Answer::accepted;
  }
  std::string last_id() const { return said_.back().id; }

  /// The post with this text, if the timeline shows it by now.
  std::optional<Said> find(const std::string& text, Time now) const {
    for (auto said = said_.rbegin(); said != said_.rend(); ++said) {
      if (said->text == text && said->visible <= now) return *said;
    }
    return std::nullopt;
  }

  const std::vector<Said>& said() const { return said_; }
  /// How often each text stands there.
  std::map<std::string, int> counted() const {
    std::map<std::string, int> counts;
    for (const Said& said : said_) ++counts[said.text];
    return counts;
  }

 private:
  std::mt19937_64& chance_;
  std::vector<Said> said_;
};

}  // namespace signalbox::outbox::testing
