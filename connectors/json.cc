#include "connectors/json.h"

#include <nlohmann/json.hpp>

namespace signalbox::connectors {

Result<nlohmann::json> parse_json(const net::Response& response, std::string_view place) {
  nlohmann::json parsed = nlohmann::json::parse(response.body, nullptr, false);
  if (parsed.is_discarded()) return corrupt(std::string(place) + ": the answer is not JSON");
  // Not brace-initialised: nlohmann would wrap the value into an array.
  return Result<nlohmann::json>(std::move(parsed));
}

Error misshapen(std::string_view place) {
  return corrupt(std::string(place) + ": the answer is JSON of another shape than documented");
}

const nlohmann::json& at(const nlohmann::json& object, std::string_view key) {
  static const nlohmann::json kNothing;
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string text_at(const nlohmann::json& object, std::string_view key) {
  const nlohmann::json& value = at(object, key);
  return value.is_string() ? value.get_ref<const std::string&>() : std::string();
}

bool flag_at(const nlohmann::json& object, std::string_view key) {
  const nlohmann::json& value = at(object, key);
  return value.is_boolean() && value.get<bool>();
}

long long number_at(const nlohmann::json& object, std::string_view key, long long otherwise) {
  const nlohmann::json& value = at(object, key);
  return value.is_number_integer() ? value.get<long long>() : otherwise;
}

}  // namespace signalbox::connectors
