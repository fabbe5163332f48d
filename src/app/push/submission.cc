#include "app/push/submission.h"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/text.h"
#include "model/counted.h"

namespace signalbox::app {

namespace {

using nlohmann::json;

constexpr std::size_t kMostPoints = 3000;
constexpr Duration kAhead = std::chrono::minutes(1);
constexpr Duration kBack = std::chrono::days(400);

std::optional<double> number(const json& value) {
  if (value.is_number()) return value.get<double>();
  if (!value.is_string()) return {};
  const auto& text = value.get_ref<const std::string&>();
  double found = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return found;
}

const json& member(const json& object, const char* key) {
  static const json kNone;
  const auto found = object.find(key);
  return found == object.end() ? kNone : *found;
}

/// Seconds since 1970, or ISO-8601.
Result<Time> instant(const json& value, const std::string& key, Time now) {
  std::optional<Time> at;
  if (const auto seconds = number(value); seconds && std::abs(*seconds) < 1e11) {
    at = Time(Duration(std::llround(*seconds * 1000)));
  } else if (value.is_string()) {
    at = parse_iso(value.get_ref<const std::string&>());
  }
  if (!at)
    return invalid(key + " must be seconds since 1970, or a time such as 2026-11-21T04:00:00Z");
  if (*at > now + kAhead) return invalid(key + " is in the future: check the sender's clock");
  if (*at < now - kBack) return invalid(key + " is more than 400 days ago");
  return *at;
}

Status add_point(const std::string& metric, const json& given, Time now, Submission& to) {
  if (!given.is_object()) return invalid("a point must be {\"timestamp\": …, \"value\": …}");
  const auto at = instant(member(given, "timestamp"), "timestamp", now);
  if (!at) return at.error();
  const auto value = number(member(given, "value"));
  if (!value || !std::isfinite(*value)) return invalid("value must be a number");
  if (to.points.size() >= kMostPoints) return invalid("at most 3,000 points are taken at once");
  to.points.push_back({metric, *at, *value});
  return {};
}

/// A point, or a list of them.
Status add_points(const std::string& metric, const json& given, Time now, Submission& to) {
  if (!given.is_array()) return add_point(metric, given, now, to);
  for (const json& point : given) {
    if (Status added = add_point(metric, point, now, to); !added) return added;
  }
  return {};
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded =
        text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    if (coded) {
      plain += static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2]));
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

/// `data[timestamp]=…&data[value]=…` as the JSON it stands for.
json from_form(std::string_view body) {
  json point = json::object();
  for (const std::string_view pair : split(body, '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string key = decoded(pair.substr(0, equals));
    for (const char* name : {"timestamp", "value"}) {
      if (key == std::string("data[") + name + "]")
        point[name] = std::string(trim(decoded(pair.substr(std::min(equals + 1, pair.size())))));
    }
  }
  return json{{"data", std::move(point)}};
}

Result<Reading> reading(const json& given, Time now) {
  if (!given.is_object())
    return invalid("a reading must be {\"source\", \"service\", \"at\", \"good\", \"total\"}");
  Reading made;
  for (const auto& [key, to] : {std::pair{"source", &made.source}, {"service", &made.service}}) {
    const json& value = member(given, key);
    if (!value.is_string() || value.get_ref<const std::string&>().empty())
      return invalid(std::string(key) + " is missing or not a string");
    *to = value.get<std::string>();
  }
  const auto at = instant(member(given, "at"), "at", now);
  if (!at) return at.error();
  made.instant = *at;
  const auto good = number(member(given, "good"));
  const auto total = number(member(given, "total"));
  if (!good || !total || !std::isfinite(*good) || !std::isfinite(*total))
    return invalid("good and total must be numbers");
  if (*total > kMostCounted) return invalid("total must be at most 10^11");
  if (*good < 0 || *good > *total) return invalid("good must be between 0 and total");
  made.good = *good;
  made.total = *total;
  return made;
}

}  // namespace

std::optional<std::string> metric_in(std::string_view path) {
  for (const std::string_view before : {"/v1/pages/", "/v1/page/"}) {
    if (!path.starts_with(before)) continue;
    auto parts = split(path.substr(before.size()), '/');
    if (parts.size() < 3 || parts[0].empty() || parts[1] != "metrics") return {};
    const bool data = parts.back() == "data" || parts.back() == "data.json";
    if (!data || parts.size() > 4) return {};
    if (parts.size() == 3) return "";
    if (!parts[2].empty()) return std::string(parts[2]);
  }
  return {};
}

Result<Submission> read_submission(std::string_view metric, std::string_view content_type,
                                   std::string_view body, Time now) {
  const bool form = to_lower(content_type).starts_with("application/x-www-form-urlencoded") &&
                    !trim(body).starts_with('{');
  const json given = form ? from_form(body) : json::parse(body, nullptr, false);
  if (given.is_discarded() || !given.is_object() || !given.contains("data"))
    return invalid("the body must be JSON such as {\"data\": {\"timestamp\": …, \"value\": …}}");
  const json& points = given["data"];
  Submission all;
  all.several = metric.empty();
  if (!all.several) {
    const Status added = add_points(std::string(metric), points, now, all);
    return added ? Result<Submission>(std::move(all)) : added.error();
  }
  if (!points.is_object()) return invalid("data must be {\"METRIC\": [points]}");
  for (const auto& [id, of_metric] : points.items()) {
    if (const Status added = add_points(id, of_metric, now, all); !added)
      return invalid(shorten(one_line(id), 40) + ": " + added.error().what);
  }
  return all;
}

Result<std::vector<Reading>> read_readings(std::string_view body, Time now) {
  const json given = json::parse(body, nullptr, false);
  if (given.is_discarded()) return invalid("the body is not JSON");
  std::vector<Reading> all;
  const json list = given.is_array() ? given : json::array({given});
  if (list.size() > kMostPoints) return invalid("at most 3,000 readings are taken at once");
  for (const json& one : list) {
    auto made = reading(one, now);
    if (!made) return made.error();
    all.push_back(std::move(*made));
  }
  return all;
}

}  // namespace signalbox::app
