#include "connectors/slack/ts.h"

#include <charconv>
#include <string>

namespace signalbox::connectors::slack {
namespace {

std::optional<std::uint64_t> whole(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<Ts> read_ts(std::string_view text) {
  constexpr std::size_t kMostSeconds = 12;  // the year 33658: further ones would not fit a Time
  const std::size_t point = text.find('.');
  const std::string_view front = text.substr(0, point);
  if (front.size() > kMostSeconds) return std::nullopt;
  std::string back(point == text.npos ? "" : text.substr(point + 1));
  if (back.size() > 6) return std::nullopt;
  back.resize(6, '0');
  const auto seconds = whole(front);
  const auto micros = whole(back);
  if (!seconds || !micros) return std::nullopt;
  return Ts{*seconds, *micros};
}

Time instant(const Ts& ts) {
  return Time(std::chrono::seconds(ts.seconds) + Duration(ts.micros / 1000));
}

bool later(std::string_view a, std::string_view b) {
  const auto left = read_ts(a);
  return left && *left > read_ts(b).value_or(Ts{});
}

}  // namespace signalbox::connectors::slack
