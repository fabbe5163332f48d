// JSON as documents write it: keys in the order they were set, bad UTF-8 replaced, never a throw.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

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

}  // namespace signalbox::web
