// A strict reader of iCalendar (RFC 5545), for tests: what it does not understand is a failure.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace signalbox::web {

/// The properties of one component, with their values as written.
using Component = std::map<std::string, std::string>;

/// Content lines without their folds. Each written line must end in CRLF, have at most 75 octets,
/// and be valid UTF-8 without control characters.
inline std::vector<std::string> unfolded(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    if (end == std::string_view::npos) {
      ADD_FAILURE() << "the last line does not end in CRLF";
      return lines;
    }
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    EXPECT_LE(line.size(), 75U) << line;
    EXPECT_EQ(valid_utf8(line), line);
    EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos) << line;
    if (line.starts_with(' ') && !lines.empty()) {
      lines.back() += line.substr(1);
    } else {
      lines.emplace_back(line);
    }
  }
  return lines;
}

/// A TEXT value as it was meant; an escape that there is none of, or a bare separator, fails.
inline std::string text_of(std::string_view value) {
  std::string text;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] != '\\') {
      EXPECT_TRUE(value[at] != ',' && value[at] != ';') << value;
      text += value[at];
      continue;
    }
    const char escaped = ++at < value.size() ? value[at] : '\0';
    EXPECT_NE(std::string_view("\\;,nN").find(escaped), std::string_view::npos) << value;
    text += escaped == 'n' || escaped == 'N' ? '\n' : escaped;
  }
  return text;
}

/// The components inside VCALENDAR, by their order; VCALENDAR itself first.
inline std::vector<Component> components_in(std::string_view text) {
  std::vector<Component> all;
  std::vector<std::size_t> open;
  for (const std::string& line : unfolded(text)) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) {
      ADD_FAILURE() << "no property: " << line;
      continue;
    }
    const std::string name = line.substr(0, std::min(colon, line.find(';')));
    const std::string value = line.substr(colon + 1);
    if (name == "BEGIN") {
      open.push_back(all.size());
      all.push_back({{"", value}});
    } else if (open.empty()) {
      ADD_FAILURE() << "outside of everything: " << line;
    } else if (name == "END") {
      EXPECT_EQ(all[open.back()][""], value);
      open.pop_back();
    } else {
      EXPECT_TRUE(all[open.back()].emplace(name, value).second) << "twice: " << line;
    }
  }
  EXPECT_TRUE(open.empty());
  return all;
}

}  // namespace signalbox::web
