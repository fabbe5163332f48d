#include "connectors/mastodon/cursor.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace signalbox::connectors::mastodon {
namespace {

/// More than the longest page: a server that repeats a page is seen through.
constexpr std::size_t kKept = 48;
constexpr std::size_t kStepsBack = 5;

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

std::string to_text(const Cursor& cursor) {
  const nlohmann::json json = {{"recent", cursor.recent}, {"at_end", cursor.at_end}};
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Cursor read_cursor(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  Cursor cursor;
  if (!json.is_object()) {
    cursor.recent.emplace_back(text);
    return cursor;
  }
  const auto recent = json.find("recent");
  const auto at_end = json.find("at_end");
  if (recent != json.end() && recent->is_array()) {
    for (const auto& id : *recent) {
      if (id.is_string()) cursor.recent.push_back(id.get<std::string>());
    }
  }
  cursor.at_end = at_end != json.end() && at_end->is_boolean() && at_end->get<bool>();
  return cursor;
}

}  // namespace signalbox::connectors::mastodon
