#include "web/documents/language.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/check.h"
#include "model/language_codes.h"
#include "web/documents/embedded.h"

namespace signalbox::web {
namespace {

Language spoken(std::string_view code) {
  const auto read = nlohmann::json::parse(embedded(std::string(code) + ".json"), nullptr, false);
  check(read.is_object(), "a built-in file of messages does not parse");
  return {std::string(code), read.get<Language::Messages>()};
}

}  // namespace

Language::Language(std::string code, Messages messages)
    : code_(std::move(code)), messages_(std::move(messages)) {}

const std::string& Language::text(std::string_view key) const {
  const auto found = messages_.find(key);
  check(found != messages_.end(), "a built-in message is missing");
  return found->second;
}

std::span<const Language> languages() {
  static const std::vector<Language> all = [] {
    std::vector<Language> list;
    for (const std::string_view code : kLanguageCodes) list.push_back(spoken(code));
    return list;
  }();
  return all;
}

const Language& english() { return languages().front(); }

const Language* language(std::string_view code) {
  const auto all = languages();
  const auto found = std::ranges::find(all, code, &Language::code);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace signalbox::web
