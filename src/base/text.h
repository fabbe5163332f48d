// Plain text: UTF-8 taken apart, trimmed, cut and made safe to print.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox {

/// Valid UTF-8: each bad byte becomes U+FFFD. Valid text comes back as it is.
std::string valid_utf8(std::string_view text);
/// Without white space (ASCII, non-breaking and zero-width spaces) at both ends. A view into
/// `text`.
std::string_view trim(std::string_view text);
/// ASCII letters only; every other byte as it is.
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);
/// The parts between `separator`s; one empty part for an empty text.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replace_all(std::string text, std::string_view what, std::string_view with);

/// How many code points `text` has (valid UTF-8 assumed).
std::size_t code_points(std::string_view text);
/// The byte lengths of `text`'s user-perceived characters in order: combining marks, joiners,
/// variation selectors, skin tones and flag pairs stay with their base (the part of UAX #29 that
/// posts meet).
std::vector<std::size_t> graphemes(std::string_view text);
/// `text` if it has at most `most` code points, else cut at a grapheme and ended with `…`, at most
/// `most` in all.
std::string shorten(std::string_view text, std::size_t most);
/// Control characters (but tab) and newlines as `\n`, `\x1b`: one line that cannot forge another in
/// a log or terminal.
std::string one_line(std::string_view text);
/// Without control characters other than newline and tab, and without the bidirectional overrides
/// that reorder what follows: what a page, feed or mail may show.
std::string printable(std::string_view text);

/// `12,400`: thousands parted by commas.
std::string with_commas(long long number);
/// A percentage cut, never rounded, to `decimals` digits: percent(99999, 100000, 2) is "99.99";
/// exactly all is "100".
std::string percent(double good, double total, int decimals);

}  // namespace signalbox
