#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "grammar/lexicon.h"
#include "grammar/words.h"

namespace signalbox::grammar {
namespace {

/// A name as configured, and what it names.
struct Named {
  std::string name;   ///< as it stands in a head
  std::string shown;  ///< as configured: a group by its name
  std::string whose;  ///< "service API", "alias of API", "group Core"
};

/// Every name once: a group's at its first service. The order is the configuration's.
std::vector<Named> all_names(const std::vector<Service>& services) {
  std::vector<Named> names;
  std::unordered_map<std::string, bool> groups;
  for (const Service& service : services) {
    names.push_back({service.id, service.id, "service " + service.id});
    for (const std::string& alias : service.aliases) {
      names.push_back({alias, alias, "alias of " + service.id});
    }
    if (!service.group.empty() && groups.emplace(service.group, true).second) {
      names.push_back({group_slug(service.group), service.group, "group " + service.group});
    }
  }
  return names;
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool is_legal(std::string_view name) {
  return !name.empty() && is_letter_or_digit(name[0]) &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
         });
}

using Seen = std::unordered_map<std::string, const Named*>;

const Named kAll{"ALL", "ALL", "target ALL"};

/// The other target that `name` would read as when its last part is taken for a word.
const Named* read_as(std::string_view name, const Seen& seen) {
  for (std::size_t dash = name.rfind('-'); dash != std::string_view::npos && dash > 0;
       dash = name.rfind('-', dash - 1)) {
    if (find_word(name.substr(dash + 1)) == nullptr) continue;
    const std::string front = to_lower(name.substr(0, dash));
    if (const auto found = seen.find(front); found != seen.end()) return found->second;
    if (front == "all") return &kAll;
  }
  return nullptr;
}

std::optional<std::string> own_fault(const Named& named) {
  if (!is_legal(named.name)) {
    return "the " + named.whose + " cannot stand in a post" +
           (named.name == named.shown ? "" : " (as '" + named.name + "')") +
           ": use letters, digits, '_', '.' and '-', a letter or digit first";
  }
  if (is_reserved(named.name)) {
    return "the " + named.whose + " is a word of the grammar: choose another name";
  }
  return {};
}

}  // namespace

std::vector<Clash> clashes(const std::vector<Service>& services) {
  const std::vector<Named> names = all_names(services);
  std::vector<Clash> found;
  Seen seen;
  for (const Named& named : names) {
    if (auto fault = own_fault(named)) {
      found.push_back({named.shown, *std::move(fault)});
      continue;
    }
    const auto [other, is_new] = seen.emplace(to_lower(named.name), &named);
    if (!is_new) {
      found.push_back({named.shown, "the " + named.whose + " and the " + other->second->whose +
                                        " are both written '" + named.name +
                                        "' in a post (case does not matter): rename one"});
    }
  }
  for (const Named& named : names) {
    if (const Named* other = read_as(named.name, seen)) {
      found.push_back({named.shown, "the " + named.whose + " reads as the " + other->whose +
                                        " and a word: rename one"});
    }
  }
  return found;
}

}  // namespace signalbox::grammar
