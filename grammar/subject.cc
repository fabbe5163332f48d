#include "grammar/subject.h"

#include <algorithm>

namespace signalbox::grammar {
namespace {

/// Adds targets with their services to a subject, each once.
class Roll {
 public:
  Roll(const Lexicon::Words& words, Subject& subject) : words_(words), subject_(subject) {}

  void add(const Target& target, std::string_view written) {
    subject_.exact &= target.name == written;
    if (subject_.targets.empty()) return add_first(target);
    if (seen_.empty()) remember_first();
    if (seen_[target.index]) return;
    seen_[target.index] = true;
    subject_.targets.push_back(target.name);
    for (const std::size_t service : target.services) {
      if (service_seen(service)) continue;
      service_seen(service) = true;
      subject_.services.push_back(words_.services[service]);
    }
  }

 private:
  /// Most heads name one target: nothing to compare with yet.
  void add_first(const Target& target) {
    first_ = &target;
    subject_.targets.assign(1, target.name);
    subject_.services = target.ids;
  }

  void remember_first() {
    seen_.resize(words_.targets.size() + words_.services.size());
    seen_[first_->index] = true;
    for (const std::size_t service : first_->services) service_seen(service) = true;
  }

  std::vector<bool>::reference service_seen(std::size_t service) {
    return seen_[words_.targets.size() + service];
  }

  const Lexicon::Words& words_;
  Subject& subject_;
  const Target* first_ = nullptr;
  std::vector<bool> seen_;  // all targets, then all services
};

bool is_list_mark(char c) { return c == ',' || c == '+' || c == '&'; }

}  // namespace

std::size_t first_name(std::string_view names) {
  const auto mark = std::find_if(names.begin(), names.end(), is_list_mark);
  return static_cast<std::size_t>(mark - names.begin());
}

std::size_t last_name(std::string_view names) {
  const auto mark = std::find_if(names.rbegin(), names.rend(), is_list_mark);
  return static_cast<std::size_t>(names.rend() - mark);
}

std::optional<Split> split_name(std::string_view name, const Lexicon::Words& words) {
  const std::size_t least = name.size() > kLongestWord ? name.size() - kLongestWord - 1 : 0;
  for (std::size_t dash = name.rfind('-'); dash != std::string_view::npos && dash >= least;
       dash = dash == 0 ? std::string_view::npos : name.rfind('-', dash - 1)) {
    const Word* word = find_word(name.substr(dash + 1));
    if (word == nullptr) continue;
    const std::string_view front = name.substr(0, dash);
    if (const Target* target = words.find(front)) {
      return Split{target, word, front, name.substr(dash + 1)};
    }
  }
  if (const Target* target = words.find(name)) return Split{target, nullptr, name, {}};
  return {};
}

std::optional<Subject> understand(std::string_view names, const Lexicon::Words& words) {
  std::optional<Subject> subject{std::in_place};
  Roll roll(words, *subject);
  while (subject->word == nullptr) {
    const std::string_view name = names.substr(0, first_name(names));
    const std::optional<Split> split = split_name(name, words);
    if (!split) return {};
    subject->word = split->word;
    roll.add(*split->target, split->front);
    if (name.size() == names.size()) return subject;
    names.remove_prefix(name.size() + 1);
  }
  return {};  // a word before the last name
}

}  // namespace signalbox::grammar
