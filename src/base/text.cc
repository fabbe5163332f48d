#include "base/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>

#include "base/utf8.h"

namespace signalbox {

namespace {

// The length of the white space at the start of `text`: ASCII, or one of the invisible ones that
// phones and chats add.
std::size_t leading_space(std::string_view text) {
  const unsigned char c = static_cast<unsigned char>(text[0]);
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (c < 0xC2) return 0;
  const auto point = utf8::decode(text);
  return utf8::is_space(point.value) ? point.bytes : 0;
}

std::size_t trailing_space(std::string_view text) {
  const unsigned char c = static_cast<unsigned char>(text.back());
  if (c == ' ' || (c >= '\t' && c <= '\r')) return 1;
  if (c < 0x80) return 0;
  std::size_t start = text.size() - 1;
  while (start > 0 && text.size() - start < 4 &&
         (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80)
    --start;
  const auto point = utf8::decode(text.substr(start));
  return start + point.bytes == text.size() && utf8::is_space(point.value) ? point.bytes : 0;
}

// How many bytes at the start of `text` are ASCII; eight are looked at together.
std::size_t ascii_run(std::string_view text) {
  std::size_t at = 0;
  for (std::uint64_t eight = 0; at + sizeof eight <= text.size(); at += sizeof eight) {
    std::memcpy(&eight, text.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080U) != 0) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool reorders(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C;
}

}  // namespace

std::string valid_utf8(std::string_view text) {
  std::string out;
  std::size_t kept = 0;  // up to here, `text` is in `out`
  for (std::size_t at = ascii_run(text); at < text.size(); at += ascii_run(text.substr(at))) {
    const auto point = utf8::decode(text.substr(at));
    if (!point.valid) {
      out.append(text.substr(kept, at - kept)).append("\xEF\xBF\xBD");
      kept = at + point.bytes;
    }
    at += point.bytes;
  }
  if (kept == 0) return std::string(text);
  return out.append(text.substr(kept));
}

std::string_view trim(std::string_view text) {
  while (!text.empty()) {
    const std::size_t bytes = leading_space(text);
    if (bytes == 0) break;
    text.remove_prefix(bytes);
  }
  while (!text.empty()) {
    const std::size_t bytes = trailing_space(text);
    if (bytes == 0) break;
    text.remove_suffix(bytes);
  }
  return text;
}

std::string to_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = upper(c);
  return out;
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const std::string& part : parts) {
    if (&part != &parts.front()) out += separator;
    out += part;
  }
  return out;
}

std::string replace_all(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string shorten(std::string_view text, std::size_t most) {
  if (code_points(text) <= most) return std::string(text);
  std::string out;
  std::size_t used = 1;  // the ellipsis
  for (const std::size_t bytes : graphemes(text)) {
    const std::string_view next = text.substr(out.size(), bytes);
    used += code_points(next);
    if (used > most) break;
    out.append(next);
  }
  return std::string(trim(out)) + "…";
}

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const unsigned char u = static_cast<unsigned char>(c);
    if (u >= 0x20 && u != 0x7F) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      std::array<char, 8> code{};
      std::snprintf(code.data(), code.size(), "\\x%02x", u);
      out += code.data();
    }
  }
  return out;
}

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    // Nearly all text is plain ASCII: taken by the run.
    const auto plain =
        std::find_if_not(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7F; });
    out.append(text.begin(), plain);
    text.remove_prefix(static_cast<std::size_t>(plain - text.begin()));
    if (text.empty()) break;
    const auto point = utf8::decode(text);
    const char32_t c = point.value;
    const bool control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    if (!point.valid) {
      out += "\xEF\xBF\xBD";
    } else if (!control && !reorders(c) && c != 0xFFFE && c != 0xFFFF) {
      out.append(text.substr(0, point.bytes));
    }
    text.remove_prefix(point.bytes);
  }
  return out;
}

std::string with_commas(long long number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return number < 0 ? "-" + digits : digits;
}

std::string percent(double good, double total, int decimals) {
  if (total <= 0 || good >= total) return "100";
  const double scale = std::pow(10.0, decimals);
  // The nudge undoes what binary fractions lose (0.29 * 100 = 28.999…); it is far below one request
  // in 10^11.
  const double cut = std::floor(good / total * 100.0 * scale + 1e-9);
  std::array<char, 48> out{};
  std::snprintf(out.data(), out.size(), "%.*f", decimals, cut / scale);
  const std::string text(out.data());
  return cut / scale >= 100.0 ? percent(total * (1 - 1e-6), total, decimals) : text;
}

}  // namespace signalbox
