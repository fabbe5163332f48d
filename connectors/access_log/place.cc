#include <nlohmann/json.hpp>

#include "connectors/access_log/tail.h"

namespace signalbox::connectors::access_log {
namespace {

using nlohmann::json;

/// A number of a cursor; hashes need all 64 bits.
std::uint64_t count_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
}

std::optional<Time> time_at(const json& object, const char* key) {
  const std::uint64_t ms = count_at(object, key);
  if (ms == 0) return {};
  return Time(Duration(static_cast<Duration::rep>(ms)));
}

std::uint64_t in_ms(Time t) { return static_cast<std::uint64_t>(t.time_since_epoch().count()); }

}  // namespace

std::string write_place(const Place& place) {
  json all = {{"files", json::array()}};
  for (const Reach& reach : place.files) {
    json one = {{"inode", reach.inode},
                {"offset", reach.offset},
                {"begins", reach.begins},
                {"begins_size", reach.begins_size}};
    if (reach.left) one["left"] = in_ms(*reach.left);
    all["files"].push_back(std::move(one));
  }
  if (place.asked) all["asked"] = in_ms(*place.asked);
  return all.dump();
}

std::optional<Place> read_place(std::string_view cursor) {
  const json all = json::parse(cursor, nullptr, false);
  if (!all.is_object() || !all.contains("files") || !all["files"].is_array()) return {};
  Place place;
  for (const json& one : all["files"]) {
    if (!one.is_object()) return {};
    place.files.push_back({.inode = count_at(one, "inode"),
                           .offset = count_at(one, "offset"),
                           .begins = count_at(one, "begins"),
                           .begins_size = count_at(one, "begins_size"),
                           .left = time_at(one, "left")});
  }
  place.asked = time_at(all, "asked");
  return place;
}

}  // namespace signalbox::connectors::access_log
