#include "connectors/access_log/format.h"

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "connectors/access_log/syslog.h"

namespace signalbox::connectors::access_log {
namespace {

using nlohmann::json;
using std::string_view;

constexpr std::array<std::pair<string_view, Part>, 6> kParts{{{"status", Part::status},
                                                              {"time", Part::time},
                                                              {"request_time", Part::request_time},
                                                              {"host", Part::host},
                                                              {"path", Part::path},
                                                              {"tag", Part::tag}}};

/// As nginx, Apache, Caddy, Traefik and HAProxy are commonly told to write them.
const JsonKeys& usual_keys() {
  static const JsonKeys kKeys{
      {Part::status,
       {"status", "status_code", "response_status", "DownstreamStatus", "response.status"}},
      {Part::time,
       {"time", "time_iso8601", "time_local", "timestamp", "@timestamp", "msec", "ts", "StartUTC"}},
      {Part::request_time, {"request_time", "duration", "response_time", "request_duration"}},
      {Part::host, {"host", "http_host", "server_name", "vhost", "RequestHost", "request.host"}},
      {Part::path, {"path", "uri", "request_uri", "url", "RequestPath", "request.uri", "request"}},
      {Part::tag, {"tag", "app", "service"}}};
  return kKeys;
}

re2::StringPiece piece(string_view text) { return {text.data(), text.size()}; }
string_view view(const re2::StringPiece& piece) { return {piece.data(), piece.size()}; }

Unit read_unit(const Settings& settings) {
  const std::string unit = settings.text("request_time");
  if (unit == "seconds") return Unit::seconds;
  if (unit == "milliseconds") return Unit::milliseconds;
  if (unit == "microseconds") return Unit::microseconds;
  if (!unit.empty()) {
    settings.refuse("request_time", "is none of seconds, milliseconds, microseconds");
  }
  return Unit::none;
}

std::optional<Part> part_named(string_view name) {
  for (const auto& [known, part] : kParts) {
    if (known == name) return part;
  }
  return {};
}

std::optional<Pattern> read_pattern(const Settings& settings) {
  const std::string text = settings.text("pattern");
  if (text.empty()) return {};
  Pattern pattern{std::make_shared<const RE2>(text, RE2::Quiet), {}};
  if (!pattern.expression->ok()) {
    settings.refuse("pattern", "is no pattern (RE2): " + pattern.expression->error());
    return {};
  }
  for (const auto& [name, number] : pattern.expression->NamedCapturingGroups()) {
    if (const auto part = part_named(name)) {
      pattern.groups[*part] = number;
    } else {
      settings.refuse("pattern", "has a group `" + name +
                                     "`; known are status, time, request_time, host, path, tag");
    }
  }
  if (!pattern.groups.contains(Part::status)) {
    settings.refuse("pattern", "has no group for the status: write it as (?P<status>\\d{3})");
  }
  return pattern;
}

JsonKeys read_keys(const Settings& settings) {
  JsonKeys keys = usual_keys();
  for (const auto& [name, part] : kParts) {
    const std::string key = settings.text("keys." + std::string(name));
    if (!key.empty()) keys[part] = {key};
  }
  return keys;
}

/// The member at `key`, whose dots go into objects unless it is there as it stands.
const json* member(const json& object, string_view key) {
  const auto found = object.find(key);
  if (found != object.end()) return &*found;
  const std::size_t dot = key.find('.');
  if (dot == string_view::npos) return nullptr;
  const auto inner = object.find(key.substr(0, dot));
  if (inner == object.end() || !inner->is_object()) return nullptr;
  return member(*inner, key.substr(dot + 1));
}

std::string text_of(const json& value) {
  if (value.is_string()) return value.get_ref<const std::string&>();
  // Not 1.2e-05: small times are times too.
  if (value.is_number_float()) return std::to_string(value.get<double>());
  return value.dump();
}

/// `shop.example:8443` is shop.example.
string_view without_port(string_view host) {
  const std::size_t colon = host.rfind(':');
  if (colon == string_view::npos || !whole_number(host.substr(colon + 1))) return host;
  return host.substr(0, colon);
}

}  // namespace

std::optional<Line> Format::read(string_view text) {
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (may_have_header(text)) return read_behind_header(text);
  auto line = read_message(text);
  if (line && !line->host.empty()) line->host = without_port(line->host);
  return line;
}

std::optional<Line> Format::read_behind_header(string_view text) {
  const Syslog header = split_syslog(text);
  auto line = read_message(header.message);
  if (!line) return line;
  if (line->tag.empty()) line->tag = header.tag;
  if (line->time == Time{}) line->time = header.time;
  line->host = without_port(line->host);
  return line;
}

std::optional<Line> Format::read_message(string_view message) {
  if (pattern_) return by_pattern(message);
  if (message.starts_with('{')) return by_keys(message);
  return parse_combined(message, whole_numbers_, stamps_);
}

std::optional<Line> Format::by_pattern(string_view message) {
  const RE2& expression = *pattern_->expression;
  const auto count = expression.NumberOfCapturingGroups() + 1;
  groups_.resize(static_cast<std::size_t>(count));
  if (!expression.Match(piece(message), 0, message.size(), RE2::UNANCHORED, groups_.data(), count))
    return {};
  const auto part = [&](Part wanted) {
    const auto group = pattern_->groups.find(wanted);
    if (group == pattern_->groups.end()) return string_view();
    return view(groups_[static_cast<std::size_t>(group->second)]);
  };
  const auto status = status_in(part(Part::status));
  const auto time = stamps_.any(part(Part::time));
  if (!status || (!time && timed())) return {};
  return Line{part(Part::host),      path_in(part(Part::path)),
              part(Part::tag),       *status,
              time.value_or(Time{}), time_taken(part(Part::request_time), whole_numbers_)};
}

std::optional<Line> Format::by_keys(string_view message) {
  const json object = json::parse(message, nullptr, false);
  if (!object.is_object()) return {};
  for (const auto& [part, keys] : keys_) {
    std::string& text = texts_[part];
    text.clear();
    for (const std::string& key : keys) {
      const json* value = member(object, key);
      if (value == nullptr || value->is_null() || value->is_structured()) continue;
      text = text_of(*value);
      break;
    }
  }
  const auto status = status_in(texts_[Part::status]);
  const auto time = stamps_.any(texts_[Part::time]);
  if (!status || !time) return {};
  return Line{texts_[Part::host],
              path_in(texts_[Part::path]),
              texts_[Part::tag],
              *status,
              *time,
              time_taken(texts_[Part::request_time], whole_numbers_)};
}

Format read_format(const Settings& settings) {
  Format format;
  format.whole_numbers_ = read_unit(settings);
  format.pattern_ = read_pattern(settings);
  format.keys_ = read_keys(settings);
  return format;
}

}  // namespace signalbox::connectors::access_log
