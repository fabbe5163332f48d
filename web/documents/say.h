// Messages filled in by the program: names, counts, figures and lists as a language writes them.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "web/documents/language.h"

namespace signalbox::web {

/// What stands for `{name}` in a message.
struct Blank {
  std::string_view name;
  std::string_view value;
};

/// The message of that key with its blanks filled in.
std::string say(const Language& language, std::string_view key,
                std::initializer_list<Blank> blanks = {});
/// The message in the form that `count`, not negative, wants: `key.one`, `key.other`, …; `{count}`
/// is the number.
std::string say_count(const Language& language, std::string_view key, long long count,
                      std::initializer_list<Blank> blanks = {});

/// `12,400`, `12.400`: a whole number with its thousands parted.
std::string number_text(const Language& language, long long number);
/// `99.987` as the language writes it: `99,987`. The digits stay as they are.
std::string figure_text(const Language& language, std::string_view digits);
/// `99.987%`, `99,987 %`.
std::string percent_text(const Language& language, std::string_view digits);

/// A name from outside, kept from being mixed up with text that runs the other way.
std::string isolated(const Language& language, std::string_view name);
/// "A", "A and B", "A, B and C".
std::string and_list(const Language& language, const std::vector<std::string>& names);
/// "A, B, C".
std::string comma_list(const Language& language, const std::vector<std::string>& names);

}  // namespace signalbox::web
