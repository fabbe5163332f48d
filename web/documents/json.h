// JSON as documents write it: keys in the order they were set, bad UTF-8 replaced, never a throw.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"

namespace signalbox::web {

using Json = nlohmann::ordered_json;

/// One line.
inline std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// `text`, or null when there is none.
inline Json text_or_null(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(printable(text));
}

using Member = std::pair<const char*, Json>;

/// An object of these members, in this order. A braced list alone would copy each of them, and
/// there are thousands of rows.
template <std::size_t N>
Json object(Member (&&members)[N]) {
  Json json = Json::object();
  auto& all = json.get_ref<Json::object_t&>();
  all.reserve(N);
  for (auto& [key, value] : members) all.emplace_back(key, std::move(value));
  return json;
}

}  // namespace signalbox::web
