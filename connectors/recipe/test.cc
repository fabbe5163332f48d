#include "connectors/recipe/test.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "connectors/recipe/moment.h"

namespace signalbox::connectors::recipe {
namespace {

bool between(const Test& test, std::string_view value) {
  if (!test.above && !test.below) return true;
  const auto number = number_in(value);
  return number && (!test.above || *number > *test.above) && (!test.below || *number < *test.below);
}

bool of_age(const Test& test, std::string_view value, Time now) {
  if (!test.older && !test.younger) return true;
  const auto time = parse_moment(value);
  return time && (!test.older || now - *time > *test.older) &&
         (!test.younger || now - *time < *test.younger);
}

bool among(const std::vector<std::string>& words, std::string_view value) {
  return std::find(words.begin(), words.end(), value) != words.end();
}

}  // namespace

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const std::string_view trimmed = trim(text);
  const auto [end, wrong] = std::from_chars(trimmed.data(), trimmed.data() + trimmed.size(), value);
  const bool whole = wrong == std::errc() && end == trimmed.data() + trimmed.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

Result<Pattern> compile_pattern(const std::string& text) {
  if (text.size() > kMostPattern)
    return invalid("is a pattern longer than " + std::to_string(kMostPattern) + " bytes");
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(kMostPatternMemory);
  auto pattern = std::make_shared<const RE2>(text, options);
  if (!pattern->ok()) return invalid("is no pattern (RE2): " + pattern->error());
  return Pattern(std::move(pattern));
}

bool found_in(const Pattern& pattern, std::string_view text) {
  return RE2::PartialMatch({text.data(), text.size()}, *pattern);
}

bool Test::passes(std::string_view value, Time now) const {
  if (!is.empty() && !among(is, value)) return false;
  if (among(is_not, value)) return false;
  if (matches && !found_in(matches, value)) return false;
  if (lacks && found_in(lacks, value)) return false;
  return between(*this, value) && of_age(*this, value, now);
}

bool Test::empty() const {
  return is.empty() && is_not.empty() && !matches && !lacks && !above && !below && !older &&
         !younger;
}

}  // namespace signalbox::connectors::recipe
