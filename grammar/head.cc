#include "grammar/head.h"

#include <algorithm>
#include <utility>

#include "grammar/scan.h"

namespace signalbox::grammar {
namespace {

/// Whether a byte belongs to names, plain dashes and list marks, which most heads consist of.
bool is_plain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x80) return false;
  const Kind kind = kAsciiKinds[byte];
  return kind == Kind::name || kind == Kind::dash || kind == Kind::list;
}

std::size_t plain_end(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_plain);
  return static_cast<std::size_t>(end - text.begin());
}

bool ends_with_joint(std::string_view names) {
  return !names.empty() &&
         (names.back() == '-' || glyph_at(names, names.size() - 1).kind == Kind::list);
}

/// Undoes what clients did to the names at the start of a text, and tells where they end.
class Tidying {
 public:
  explicit Tidying(std::string_view text) : text_(text) {}

  std::size_t run() {
    for (;;) {
      const Glyph glyph = glyph_at(text_, at_);
      if (!take(glyph)) return at_;
      at_ += glyph.size;
    }
  }
  std::string names() && { return std::move(names_); }
  bool forgiven() const { return forgiven_; }

 private:
  /// False when the names end before `glyph`.
  bool take(Glyph glyph) {
    switch (glyph.kind) {
      case Kind::name:
      case Kind::foreign:
        return take_letter(glyph.size);
      case Kind::dash:
        return take_dash(glyph.size);
      case Kind::list:
        return take_mark();
      case Kind::space:
        return spaced_ = true;
      case Kind::nothing:
        return forgiven_ = true;
      case Kind::end:
      case Kind::open:
      case Kind::close:
      case Kind::colon:
      case Kind::question:
      case Kind::line_end:
      case Kind::other:
        return false;
    }
    return false;
  }

  bool take_letter(std::size_t size) {
    const bool goes_on = !names_.empty() && !ends_with_joint(names_);
    if (spaced_ && goes_on) return false;
    forgiven_ |= (hidden_ && goes_on) || (spaced_ && names_.ends_with('-'));
    spaced_ = hidden_ = false;
    names_.append(text_.substr(at_, size));
    return true;
  }

  bool take_dash(std::size_t size) {
    forgiven_ |= spaced_ || hidden_ || size > 1;
    spaced_ = hidden_ = false;
    names_ += '-';
    return true;
  }

  bool take_mark() {
    spaced_ = hidden_ = false;
    names_ += ',';
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string names_;
  bool spaced_ = false;  // white space since the last character of names_
  bool hidden_ = false;  // zero-width characters since then
  bool forgiven_ = false;
};

/// Whether the names that end at `end` as plain ones go on in a client's spelling.
bool needs_tidying(std::string_view text, std::size_t end) {
  const Kind next = glyph_at(text, after_spaces(text, end)).kind;
  switch (next) {
    case Kind::dash:
    case Kind::list:
      return true;
    case Kind::foreign:
    case Kind::name:
      // Touching means glued by zero-width characters or foreign letters; after a joint the name
      // goes on.
      return ends_with_joint(text.substr(0, end)) || glyph_at(text, end).kind != Kind::space;
    case Kind::end:
    case Kind::space:
    case Kind::nothing:
    case Kind::open:
    case Kind::close:
    case Kind::colon:
    case Kind::question:
    case Kind::line_end:
    case Kind::other:
      return false;
  }
  return false;
}

/// Reads `[…]` at `at` into `head.window`; gives the place after it, or nothing when it is not
/// closed on the line.
std::optional<std::size_t> read_window(std::string_view text, std::size_t at, Head& head) {
  const std::size_t close = text.find_first_of("]\n", at);
  if (close == std::string_view::npos || text[close] != ']') return {};
  head.window = text.substr(at + 1, close - at - 1);
  return after_spaces(text, close + 1);
}

/// Decides how the head ends, at the first character after names and window.
void read_end(std::string_view text, std::size_t at, Head& head) {
  const Glyph glyph = glyph_at(text, at);
  head.rest = text.substr(at);
  if (glyph.kind == Kind::colon) {
    head.end = HeadEnd::colon;
    head.rest.remove_prefix(glyph.size);
  } else if (glyph.kind == Kind::question && after_blank(text, at + glyph.size) == text.size()) {
    head.end = HeadEnd::question;
  }
}

}  // namespace

Head read_head(std::string_view text) {
  Head head;
  std::size_t end = plain_end(text);
  if (needs_tidying(text, end)) {
    Tidying tidying(text);
    end = tidying.run();
    head.forgiven = tidying.forgiven();
    head.tidy = std::move(tidying).names();
  }
  head.plain = text.substr(0, end);
  std::size_t at = after_spaces(text, end);
  if (glyph_at(text, at).kind == Kind::open) {
    const std::optional<std::size_t> after = read_window(text, at, head);
    if (!after) {
      head.end = HeadEnd::unclosed;
      head.rest = text.substr(at);
      return head;
    }
    at = *after;
  }
  read_end(text, at, head);
  return head;
}

}  // namespace signalbox::grammar
