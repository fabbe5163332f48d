#include "web/documents/say.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "web/documents/plural.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kFirstStrongIsolate = "\u2068";
constexpr std::string_view kPopIsolate = "\u2069";

std::string filled_in(std::string_view message, std::span<const Blank> blanks) {
  std::string text;
  while (!message.empty()) {
    const auto open = message.find('{');
    const auto close = message.find('}', open);
    text += message.substr(0, open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const std::string_view name = message.substr(open + 1, close - open - 1);
    const auto blank = std::ranges::find(blanks, name, &Blank::name);
    text += blank != blanks.end() ? blank->value : message.substr(open, close + 1 - open);
    message.remove_prefix(close + 1);
  }
  return text;
}

}  // namespace

std::string say(const Language& language, std::string_view key,
                std::initializer_list<Blank> blanks) {
  return filled_in(language.text(key), {blanks.begin(), blanks.size()});
}

std::string say_count(const Language& language, std::string_view key, long long count,
                      std::initializer_list<Blank> blanks) {
  const std::string form =
      std::string(key) + "." + std::string(plural_form(language.code(), count));
  const std::string number = number_text(language, count);
  std::vector<Blank> all(blanks);
  all.push_back({"count", number});
  return filled_in(language.text(form), all);
}

std::string number_text(const Language& language, long long number) {
  return replace_all(with_commas(number), ",", language.text("number.group"));
}

std::string figure_text(const Language& language, std::string_view digits) {
  return replace_all(std::string(digits), ".", language.text("number.decimal"));
}

std::string percent_text(const Language& language, std::string_view digits) {
  return say(language, "percent", {{"n", figure_text(language, digits)}});
}

std::string isolated(const Language& language, std::string_view name) {
  if (name.empty() || language.direction() == "ltr") return std::string(name);
  return std::string(kFirstStrongIsolate) + std::string(name) + std::string(kPopIsolate);
}

std::string and_list(const Language& language, const std::vector<std::string>& names) {
  if (names.empty()) return {};
  if (names.size() == 1) return isolated(language, names[0]);
  const std::string first = comma_list(language, {names.begin(), names.end() - 1});
  return say(language, "list.last", {{"a", first}, {"b", isolated(language, names.back())}});
}

std::string comma_list(const Language& language, const std::vector<std::string>& names) {
  std::vector<std::string> kept_apart;
  for (const std::string& name : names) kept_apart.push_back(isolated(language, name));
  return join(kept_apart, language.text("list.comma"));
}

}  // namespace signalbox::web
