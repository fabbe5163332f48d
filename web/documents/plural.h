// Which form of a message a number wants: Unicode CLDR's plural rules for whole numbers
// (supplemental/plurals.xml, cardinal), of the languages pages speak.
#pragma once

#include <span>
#include <string_view>

namespace signalbox::web {

/// "zero", "one", "two", "few", "many" or "other". `count` is not negative.
std::string_view plural_form(std::string_view code, long long count);
/// The forms that language has: a message with a count is written in each.
std::span<const std::string_view> plural_forms(std::string_view code);

}  // namespace signalbox::web
