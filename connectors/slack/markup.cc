#include "connectors/slack/markup.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace signalbox::connectors::slack {
namespace {

/// Text with its `<…>` resolved; `literal` marks the bytes that came out of one, in which no mark
/// of bold or code is one.
struct Resolved {
  std::string text;
  std::vector<bool> literal;

  void add(std::string_view part, bool is_literal) {
    text += part;
    literal.resize(text.size(), is_literal);
  }
};

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i);
    if (rest.starts_with("&lt;")) {
      out += '<', i += 4;
    } else if (rest.starts_with("&gt;")) {
      out += '>', i += 4;
    } else if (rest.starts_with("&amp;")) {
      out += '&', i += 5;
    } else {
      out += text[i++];
    }
  }
  return out;
}

/// Whether Slack made `label` a link by itself, and anybody reads one for the other.
bool same_place(std::string_view url, std::string_view label) {
  for (const std::string_view scheme : {"http://", "https://", "mailto:", "tel:"}) {
    if (!url.starts_with(scheme)) continue;
    std::string_view rest = url.substr(scheme.size());
    if (rest == label) return true;
    if (rest.ends_with('/')) rest.remove_suffix(1);
    if (rest == label) return true;
  }
  return url == label;
}

/// `!here`, `!subteam^S1|@web`, `!date^1^{date}|today`.
std::string special(std::string_view body, std::string_view label) {
  if (!label.empty()) return std::string(label);
  const std::string_view word = body.substr(1, body.find('^') - 1);
  return "@" + std::string(word);
}

/// What stands between `<` and `>`.
std::string resolve(std::string_view inside) {
  const std::size_t bar = inside.find('|');
  const std::string_view body = inside.substr(0, bar);
  const std::string label = bar == inside.npos ? "" : decoded(inside.substr(bar + 1));
  if (body.empty()) return label;
  if (body[0] == '!') return special(body, label);
  if (body[0] == '@' || body[0] == '#') {
    if (label.empty()) return std::string(body);
    return label[0] == body[0] ? label : body[0] + label;
  }
  const std::string url = decoded(body);
  if (label.empty() || label == url) return url;
  return same_place(url, label) ? label : label + " (" + url + ")";
}

Resolved without_brackets(std::string_view markup) {
  Resolved out;
  while (!markup.empty()) {
    const std::size_t open = markup.find('<');
    out.add(markup.substr(0, open), false);
    if (open == markup.npos) break;
    const std::size_t close = markup.find('>', open);
    if (close == markup.npos) {
      out.add(markup.substr(open), false);
      break;
    }
    // Escaped again, so that decoding the whole at the end is done exactly once everywhere.
    out.add(escaped(resolve(markup.substr(open + 1, close - open - 1))), true);
    markup.remove_prefix(close + 1);
  }
  return out;
}

bool word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

/// Where the mark at `open` is closed, as Slack pairs them: on the same line, around text without
/// spaces at its ends, not inside a word. `npos` when it is none.
std::size_t closing(const Resolved& in, std::size_t open) {
  const std::string& text = in.text;
  const char mark = text[open];
  if (open > 0 && (word_byte(text[open - 1]) || text[open - 1] == mark)) return text.npos;
  if (open + 1 >= text.size() || blank(text[open + 1])) return text.npos;
  const std::size_t furthest = std::min(text.size(), open + 2000);  // keeps hostile text linear
  for (std::size_t i = open + 1; i < furthest && text[i] != '\n'; ++i) {
    if (text[i] != mark || in.literal[i] || blank(text[i - 1]) || i == open + 1) continue;
    const bool word_follows = i + 1 < text.size() && word_byte(text[i + 1]);
    if (!word_follows) return i;
  }
  return text.npos;
}

/// Marks of code stay, as people read them as quotes, but for a message that begins with one: a
/// report copied out of a hint.
std::string without_marks(const Resolved& in) {
  std::vector<bool> drop(in.text.size(), false);
  const bool begins_with_code = trim(in.text).starts_with('`');
  for (const std::string_view mark : {"```", "`", "*", "_"}) {
    if (mark == "```") {
      for (std::size_t i = 0; (i = in.text.find(mark, i)) != in.text.npos; i += 3) {
        if (begins_with_code && !in.literal[i]) drop[i] = drop[i + 1] = drop[i + 2] = true;
      }
      continue;
    }
    if (mark == "`" && !begins_with_code) continue;
    for (std::size_t i = 0; (i = in.text.find(mark, i)) != in.text.npos; ++i) {
      if (in.literal[i] || drop[i]) continue;
      const std::size_t close = closing(in, i);
      if (close == in.text.npos) continue;
      drop[i] = drop[close] = true;
    }
  }
  std::string out;
  for (std::size_t i = 0; i < in.text.size(); ++i) {
    if (!drop[i]) out += in.text[i];
  }
  return out;
}

}  // namespace

std::string plain(std::string_view markup) {
  return decoded(without_marks(without_brackets(markup)));
}

Mention leading_mention(std::string_view markup) {
  std::string_view text = trim(markup);
  const std::size_t close = text.find('>');
  if (!text.starts_with("<@") || close == text.npos) return {};
  const std::string_view inside = text.substr(2, close - 2);
  const std::size_t bar = inside.find('|');
  Mention mention{std::string(inside.substr(0, bar)), "", trim(text.substr(close + 1))};
  if (bar != inside.npos) mention.name = inside.substr(bar + 1);
  if (mention.rest.starts_with(':') || mention.rest.starts_with(',')) {
    mention.rest = trim(mention.rest.substr(1));
  }
  return mention;
}

std::string escaped(std::string_view text) {
  return replace_all(replace_all(replace_all(std::string(text), "&", "&amp;"), "<", "&lt;"), ">",
                     "&gt;");
}

}  // namespace signalbox::connectors::slack
