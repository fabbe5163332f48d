#include "config/environment.h"

#include <cstdlib>

#include "base/text.h"

namespace signalbox::config {
namespace {

bool is_name(std::string_view name) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
  constexpr std::string_view kDigits = "0123456789";
  if (name.empty() || kDigits.find(name.front()) != std::string_view::npos) return false;
  for (const char c : name) {
    if (kLetters.find(c) == std::string_view::npos && kDigits.find(c) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

/// What `${name}` stands for; nullptr, with a mistake, when it stands for nothing.
const char* variable(const std::string& name, Place place, Mistakes& mistakes) {
  if (!is_name(name)) {
    mistakes.add(
        place,
        "`${` must be followed by a variable's name and `}`; write `$${` to mean it as it is");
    return nullptr;
  }
  // Read once at start or reload; nothing in this program sets variables.
  const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe)
  if (value == nullptr) {
    mistakes.add_absent(
        place, "the environment variable " + name + " is not set; set it, or use a `…_file` key");
  }
  return value;
}

}  // namespace

std::pair<std::string, bool> expand(const std::string& text, Place place, Mistakes& mistakes) {
  std::string out;
  bool used = false;
  std::size_t at = 0;
  for (;;) {
    const auto open = text.find("${", at);
    if (open == std::string::npos) return {out + text.substr(at), used};
    if (open > at && text[open - 1] == '$') {
      out += text.substr(at, open - at - 1) + "${";
      at = open + 2;
      continue;
    }
    out += text.substr(at, open - at);
    const auto close = text.find('}', open);
    const bool closed = close != std::string::npos;
    const std::string name = closed ? text.substr(open + 2, close - open - 2) : "";
    at = closed ? close + 1 : text.size();
    const char* value = variable(name, place, mistakes);
    used = used || value != nullptr;
    out += value != nullptr ? std::string(value) : text.substr(open, at - open);
  }
}

std::string shown(std::string_view word) { return shorten(one_line(valid_utf8(word)), 40); }
std::string shown(const Node& node) { return shown(node.written); }

}  // namespace signalbox::config
