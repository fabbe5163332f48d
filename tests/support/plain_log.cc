#include "tests/support/plain_log.h"

#include <re2/re2.h>

#include <algorithm>
#include <chrono>
#include <vector>

namespace signalbox::connectors::access_log {
namespace {

std::optional<Time> common_time(const std::string& text) {
  static const RE2 kForm(R"((?s)(\d\d)/(\w\w\w)/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d))",
                         RE2::Latin1);
  const std::string months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  int year = 0;
  unsigned day = 0;
  int hour = 0, minute = 0, second = 0, zone_hours = 0, zone_minutes = 0;
  std::string month, sign;
  if (!RE2::FullMatch(text, kForm, &day, &month, &year, &hour, &minute, &second, &sign, &zone_hours,
                      &zone_minutes))
    return {};
  const std::size_t at = months.find(month);
  if (at == std::string::npos || at % 3 != 0 || hour > 23 || minute > 59 || second > 60) return {};
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(at / 3 + 1)),
                                         std::chrono::day(day)};
  if (!date.ok()) return {};
  const int zone = (zone_hours * 60 + zone_minutes) * (sign == "-" ? -1 : 1);
  return std::chrono::sys_days(date) + std::chrono::seconds(hour * 3600 + minute * 60 + second) -
         std::chrono::minutes(zone);
}

/// `text` from `at` on begins with `what`.
bool here(const std::string& text, std::size_t at, const std::string& what) {
  return text.compare(at, what.size(), what) == 0;
}

/// What a quoted field holds; `at` is behind its opening quote, and is moved behind its closing
/// one.
std::optional<std::string> quoted(const std::string& text, std::size_t& at) {
  std::string inside;
  for (; at < text.size(); ++at) {
    if (text[at] == '"') {
      ++at;
      return inside;
    }
    inside += text[at];
    if (text[at] == '\\' && at + 1 < text.size()) inside += text[++at];
  }
  return {};
}

std::optional<Duration> seconds(const std::string& text) {
  std::string before, after;
  static const RE2 kForm(R"((?s)([0-9]*)(?:\.([0-9]*))?)", RE2::Latin1);
  if (!RE2::FullMatch(text, kForm, &before, &after) || before + after == "") return {};
  before.erase(0, before.find_first_not_of('0'));
  if (before.size() > 7) return {};
  after.resize(4, '0');
  const long long tenths = std::stoll("0" + before + after);
  return Duration((tenths + 5) / 10);
}

/// The first request time among the fields behind the size.
std::optional<Duration> request_time(const std::string& text, std::size_t at) {
  while (at < text.size()) {
    if (text[at] == ' ') {
      ++at;
    } else if (text[at] == '"') {
      if (!quoted(text, ++at)) return {};
    } else {
      std::string word;
      for (; at < text.size() && text[at] != ' '; ++at) word += text[at];
      const bool named = here(word, 0, "rt=") || here(word, 0, "request_time=");
      const std::string number = named ? word.substr(word.find('=') + 1) : word;
      if (!named && word.find('.') == std::string::npos) continue;
      if (const auto time = seconds(number)) return time;
    }
  }
  return {};
}

std::string host(const std::string& before_time) {
  static const RE2 kForm(R"((?s)([^ ]*):([0-9]+) .*)", RE2::Latin1);
  std::string name, port;
  const bool four = std::count(before_time.begin(), before_time.end(), ' ') == 4;
  if (!four || !RE2::FullMatch(before_time, kForm, &name, &port) || port.size() > 9) return "";
  return name;
}

std::string path(std::string request) {
  if (!here(request, 0, "/")) {
    if (request.find(' ') == std::string::npos) return "";
    request = request.substr(request.find(' ') + 1);
  }
  request = request.substr(0, request.find(' '));
  return request.substr(0, request.find('?'));
}

/// What follows the bracket.
std::optional<PlainLine> rest_of(const std::string& text, std::size_t at) {
  PlainLine line;
  const auto request = quoted(text, at);
  if (!request) return {};
  line.path = path(*request);
  if (text.size() < at + 4 || text[at] != ' ') return {};
  const std::string status = text.substr(at + 1, 3);
  if (!RE2::FullMatch(status, "[1-5][0-9][0-9]")) return {};
  line.status = std::stoi(status);
  at += 4;
  if (at < text.size() && text[at] != ' ') return {};
  if (at < text.size()) ++at;
  while (at < text.size() && text[at] != ' ') ++at;  // the size
  line.request_time = request_time(text, at);
  return line;
}

}  // namespace

std::optional<PlainLine> plain_line(std::string text) {
  if (!text.empty() && text.back() == '\r') text.pop_back();
  std::size_t open = std::string::npos;  // the last bracket that opened
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '[') open = at;
    if (open == std::string::npos || !here(text, at, "] \"")) continue;
    const std::string inside = text.substr(open + 1, at - open - 1);
    auto time = common_time(inside);
    if (!time) time = parse_iso(inside);
    if (time) {
      auto line = rest_of(text, at + 3);
      if (line) line->time = *time;
      if (line) line->host = host(text.substr(0, open));
      return line;
    }
    open = std::string::npos;
  }
  return {};
}

}  // namespace signalbox::connectors::access_log
