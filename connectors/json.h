// What a network answers, read without exceptions: JSON text taken apart with a default for
// everything absent.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/http.h"

namespace signalbox::connectors {

/// The body as JSON; corrupt when it is none. `place` begins the error: "mastodon: reading the
/// timeline".
Result<nlohmann::json> parse_json(const net::Response& response, std::string_view place);
/// The error for an answer that is JSON, but not of the shape the network promises.
Error misshapen(std::string_view place);

/// The member `key` of an object when it is text; "" when absent, null, of another type, or
/// `object` is none.
std::string text_at(const nlohmann::json& object, std::string_view key);
/// The same for true; anything else is false.
bool flag_at(const nlohmann::json& object, std::string_view key);
/// The same for a whole number; `otherwise` when it is none.
long long number_at(const nlohmann::json& object, std::string_view key, long long otherwise = 0);
/// The member `key` of an object, or a null when there is none. The reference lives as long as
/// `object`.
const nlohmann::json& at(const nlohmann::json& object, std::string_view key);

}  // namespace signalbox::connectors
