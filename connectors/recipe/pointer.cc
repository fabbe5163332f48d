#include "connectors/recipe/pointer.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/text.h"

namespace signalbox::connectors::recipe {
namespace {

using nlohmann::json;

bool escapes_are_known(std::string_view token) {
  for (auto at = token.find('~'); at != std::string_view::npos; at = token.find('~', at + 1)) {
    if (at + 1 == token.size() || (token[at + 1] != '0' && token[at + 1] != '1')) return false;
  }
  return true;
}

/// `0`, `17`; no leading zeros.
std::optional<std::size_t> index_of(std::string_view key) {
  std::size_t index = 0;
  const auto [end, wrong] = std::from_chars(key.data(), key.data() + key.size(), index);
  const bool fits = wrong == std::errc() && end == key.data() + key.size();
  if (!fits || (key.size() > 1 && key.front() == '0')) return std::nullopt;
  return index;
}

const json* child(const json& at, const std::string& key) {
  if (at.is_object()) {
    const auto found = at.find(key);
    return found == at.end() ? nullptr : &*found;
  }
  if (!at.is_array()) return nullptr;
  const auto index = index_of(key);
  return index && *index < at.size() ? &at[*index] : nullptr;
}

}  // namespace

Result<Pointer> Pointer::parse(std::string_view text) {
  Pointer pointer;
  if (text.empty()) return pointer;
  if (text.front() != '/') return invalid("must begin with `/`, as /status/indicator does");
  for (const std::string_view part : split(text.substr(1), '/')) {
    if (!escapes_are_known(part))
      return invalid("has a `~` that is neither ~0 (for `~`) nor ~1 (for `/`)");
    std::string key = replace_all(std::string(part), "~1", "/");
    pointer.tokens_.push_back({replace_all(std::move(key), "~0", "~"), part == "*"});
  }
  return pointer;
}

Pointer::Found Pointer::find(const json& from) const {
  Found found;
  found.nowhere = !walk(from, 0, found);
  return found;
}

bool Pointer::walk(const json& at, std::size_t token, Found& into) const {
  if (token == tokens_.size()) {
    into.values.push_back(&at);
    return true;
  }
  if (!tokens_[token].every) {
    const json* next = child(at, tokens_[token].key);
    return next != nullptr && walk(*next, token + 1, into);
  }
  if (!at.is_array()) return false;
  for (const json& item : at) {
    if (!walk(item, token + 1, into)) into.whole = false;
  }
  return true;
}

}  // namespace signalbox::connectors::recipe
