#include "connectors/mastodon/html_text.h"

#include <gumbo.h>

#include <algorithm>

namespace signalbox::connectors::mastodon {
namespace {

constexpr std::size_t kMostBytes = 64u << 10;
constexpr int kDeepest = 100;  ///< no client writes deeper; what lies below is not shown

/// Collects text with white space as a browser shows it.
class Writer {
 public:
  void text(std::string_view raw) {
    for (const char c : raw) {
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (space) {
        gap_ = true;
      } else {
        put(c);
      }
    }
  }
  void line_break() { ++breaks_; }
  void block(int breaks) { breaks_ = std::max(breaks_, breaks); }
  std::string take() { return std::move(text_); }

 private:
  void put(char c) {
    if (!text_.empty() && breaks_ > 0) text_.append(static_cast<std::size_t>(breaks_), '\n');
    if (!text_.empty() && breaks_ == 0 && gap_) text_ += ' ';
    breaks_ = 0;
    gap_ = false;
    text_ += c;
  }

  std::string text_;
  int breaks_ = 0;
  bool gap_ = false;
};

/// How many newlines part an element from what surrounds it.
int parting(GumboTag tag) {
  switch (static_cast<int>(tag)) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
      return 2;
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DIV:
      return 1;
    default:
      return 0;
  }
}

bool silent(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TITLE ||
         tag == GUMBO_TAG_TEMPLATE || tag == GUMBO_TAG_NOSCRIPT;
}

void walk(const GumboNode& node, int depth, Writer& writer) {
  const bool is_text = node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE ||
                       node.type == GUMBO_NODE_CDATA;
  if (is_text) return writer.text(node.v.text.text);
  if (node.type != GUMBO_NODE_ELEMENT || depth > kDeepest) return;
  const GumboElement& element = node.v.element;
  if (silent(element.tag)) return;
  if (element.tag == GUMBO_TAG_BR) return writer.line_break();
  writer.block(parting(element.tag));
  for (unsigned i = 0; i < element.children.length; ++i) {
    walk(*static_cast<const GumboNode*>(element.children.data[i]), depth + 1, writer);
  }
  writer.block(parting(element.tag));
}

}  // namespace

std::string html_text(std::string_view html) {
  html = html.substr(0, kMostBytes);
  GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  Writer writer;
  walk(*parsed->root, 0, writer);
  gumbo_destroy_output(&kGumboDefaultOptions, parsed);
  return writer.take();
}

}  // namespace signalbox::connectors::mastodon
