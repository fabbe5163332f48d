#include "grammar/lexicon.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/text.h"
#include "grammar/targets.h"

namespace signalbox::grammar {
namespace {

unsigned char folded(char c) {
  return static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/// Adds `service` to the target `name`, which it makes when it is new.
void add(Lexicon::Words& words, const std::string& name, std::size_t service) {
  if (name.empty()) return;
  const auto found = words.by_name.find(name);
  Target* target = nullptr;
  if (found != words.by_name.end()) {
    target = &words.targets[found->second->index];
  } else {
    target = &words.targets.emplace_back(Target{name, {}, {}, words.targets.size()});
    words.by_name.emplace(target->name, target);
    words.first_letters.set(folded(name[0]));
    words.longest_name = std::max(words.longest_name, name.size());
  }
  if (target->services.empty() || target->services.back() != service) {
    target->services.push_back(service);
    target->ids.push_back(words.services[service]);
  }
}

Handle handle_from(std::string_view text) {
  if (text.starts_with('@')) text.remove_prefix(1);
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return {std::string(text), ""};
  return {std::string(text.substr(0, at)), std::string(text.substr(at + 1))};
}

/// Ids before aliases before groups: where a refused configuration is used all the same, an id
/// keeps its meaning.
void add_services(Lexicon::Words& words, const std::vector<Service>& services) {
  for (std::size_t i = 0; i < services.size(); ++i) {
    words.services.push_back(services[i].id);
    add(words, "ALL", i);
  }
  for (std::size_t i = 0; i < services.size(); ++i) add(words, services[i].id, i);
  for (std::size_t i = 0; i < services.size(); ++i) {
    for (const std::string& alias : services[i].aliases) add(words, alias, i);
  }
  for (std::size_t i = 0; i < services.size(); ++i) add(words, group_slug(services[i].group), i);
}

std::string listed(const std::deque<Target>& targets) {
  constexpr std::size_t kMost = 8;
  std::string list;
  for (const Target& target : targets) {
    if (target.index == kMost) return list + ", …";
    if (!list.empty()) list += ", ";
    list += target.name;
  }
  return list;
}

}  // namespace

std::size_t FoldedHash::operator()(std::string_view name) const {
  std::uint64_t hash = 14695981039346656037U;  // FNV-1a
  for (const char c : name) hash = (hash ^ folded(c)) * 1099511628211U;
  return hash;
}

bool FoldedEqual::operator()(std::string_view a, std::string_view b) const {
  const auto same = [](char x, char y) { return x == y || folded(x) == folded(y); };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same);
}

const Target* Lexicon::Words::find(std::string_view name) const {
  if (name.empty() || name.size() > longest_name || !first_letters[folded(name[0])]) return nullptr;
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

Lexicon::Lexicon(const std::vector<Service>& services, Zone zone,
                 std::vector<std::string> handles) {
  auto words = std::make_shared<Words>();
  words->zone = std::move(zone);
  for (const std::string& handle : handles) {
    if (Handle read = handle_from(handle); !read.name.empty()) {
      words->handles.push_back(std::move(read));
    }
  }
  add_services(*words, services);
  words->listed = listed(words->targets);
  words_ = std::move(words);
}

}  // namespace signalbox::grammar
