#include "connectors/access_log/syslog.h"

#include <algorithm>
#include <optional>

namespace signalbox::connectors::access_log {
namespace {

using std::string_view;

constexpr std::size_t kOldStampSize = 15;  // Nov 21 01:18:34

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes the next word off `rest`.
string_view word(string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return taken;
}

/// Takes `<190>` off `rest`; false when it does not begin so.
bool skip_priority(string_view& rest) {
  if (!rest.starts_with('<')) return false;
  const std::size_t close = rest.substr(0, 5).find('>');
  const bool priority =
      rest.starts_with('<') && close != string_view::npos && close > 1 &&
      std::all_of(rest.begin() + 1, rest.begin() + static_cast<std::ptrdiff_t>(close), is_digit);
  if (priority) rest.remove_prefix(close + 1);
  return priority;
}

/// `123 ` before `<190>`: how many bytes follow.
void skip_octet_count(string_view& rest) {
  constexpr std::size_t kMostDigits = 6;
  const std::size_t digits = rest.substr(0, kMostDigits + 1).find_first_not_of("0123456789");
  if (digits == 0 || digits == string_view::npos) return;
  if (rest.substr(digits).starts_with(" <")) rest.remove_prefix(digits + 1);
}

string_view without_pid(string_view tag) {
  if (tag.ends_with(':')) tag.remove_suffix(1);
  return tag.substr(0, tag.find('['));
}

/// Passes over `-` or `[id name="value"]…`, in which `\]` ends nothing.
void skip_structured(string_view& rest) {
  if (rest.starts_with('-')) {
    rest.remove_prefix(1);
  } else {
    std::size_t at = 0;
    bool inside = false;
    for (; at < rest.size() && (inside || rest[at] == '['); ++at) {
      if (rest[at] == '\\')
        ++at;
      else if (rest[at] == '[')
        inside = true;
      else if (rest[at] == ']')
        inside = false;
    }
    rest.remove_prefix(std::min(at, rest.size()));
  }
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
}

Syslog new_form(string_view rest) {
  Syslog found;
  if (const auto time = parse_iso(word(rest))) found.time = *time;
  word(rest);  // the host
  found.tag = word(rest);
  word(rest);  // the process
  word(rest);  // the message's id
  skip_structured(rest);
  found.message = rest;
  return found;
}

bool old_stamp(string_view text) {
  return text.size() > kOldStampSize && text[3] == ' ' && text[6] == ' ' && text[9] == ':' &&
         text[12] == ':' && text[kOldStampSize] == ' ';
}

bool iso_stamp(string_view text) {
  return text.size() > 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T';
}

/// After the time: `HOST TAG: message`. Without the colon it is no header.
std::optional<Syslog> old_form(string_view rest, Time time) {
  word(rest);  // the host
  const string_view tag = word(rest);
  if (!tag.ends_with(':') || tag.size() < 2) return {};
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return Syslog{rest, without_pid(tag), time};
}

}  // namespace

Syslog split_syslog(string_view line) {
  string_view rest = line;
  skip_octet_count(rest);
  const bool priority = skip_priority(rest);
  if (priority && rest.starts_with("1 ")) return new_form(rest.substr(2));
  std::optional<Syslog> found;
  if (old_stamp(rest)) {
    found = old_form(rest.substr(kOldStampSize + 1), Time{});
  } else if (iso_stamp(rest)) {
    string_view after = rest;
    const auto time = parse_iso(word(after));
    if (time) found = old_form(after, *time);
  }
  return found.value_or(Syslog{rest, "", Time{}});
}

}  // namespace signalbox::connectors::access_log
