#include "connectors/mastodon/cursor.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "connectors/json.h"

namespace signalbox::connectors::mastodon {
namespace {

using nlohmann::json;

/// More than the longest page: a server that repeats a page is seen through.
constexpr std::size_t kKept = 48;
constexpr std::size_t kStepsBack = 5;

json as_json(const Cursor& cursor) {
  return {{"recent", cursor.recent}, {"at_end", cursor.at_end}};
}

Cursor cursor_in(const json& object) {
  Cursor cursor;
  const json& recent = at(object, "recent");
  for (const json& id : recent.is_array() ? recent : json::array()) {
    if (id.is_string()) cursor.recent.push_back(id.get<std::string>());
  }
  cursor.at_end = flag_at(object, "at_end");
  return cursor;
}

}  // namespace

std::string Cursor::after() const {
  if (recent.empty()) return "";
  const std::size_t back = at_end ? std::min(recent.size() - 1, kStepsBack) : 0;
  return recent[recent.size() - 1 - back];
}

bool Cursor::knows(std::string_view id) const {
  return std::find(recent.begin(), recent.end(), id) != recent.end();
}

void Cursor::add(const std::vector<std::string>& ids) {
  recent.insert(recent.end(), ids.begin(), ids.end());
  const std::size_t surplus = recent.size() - std::min(recent.size(), kKept);
  recent.erase(recent.begin(), recent.begin() + static_cast<std::ptrdiff_t>(surplus));
}

std::string to_text(const Cursor& cursor) { return to_text(Cursors{cursor, std::nullopt}); }

Cursor read_cursor(std::string_view text) { return read_cursors(text).timeline.value_or(Cursor{}); }

std::string to_text(const Cursors& cursors) {
  json all = as_json(cursors.timeline.value_or(Cursor{}));
  if (cursors.mentions) all["mentions"] = as_json(*cursors.mentions);
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

Cursors read_cursors(std::string_view text) {
  if (text.empty()) return {};
  const json all = json::parse(text, nullptr, false);
  if (!all.is_object()) return {Cursor{{std::string(text)}, false}, std::nullopt};
  Cursors cursors{cursor_in(all), std::nullopt};
  const json& mentions = at(all, "mentions");
  if (mentions.is_object()) cursors.mentions = cursor_in(mentions);
  return cursors;
}

}  // namespace signalbox::connectors::mastodon
