#include "grammar/mention.h"

#include <algorithm>

#include "grammar/scan.h"
#include "grammar/targets.h"

namespace signalbox::grammar {
namespace {

bool is_handle_glyph(Kind kind) { return kind == Kind::name || kind == Kind::dash; }

/// The end of the run of handle characters that begins at `at`.
std::size_t run_end(std::string_view text, std::size_t at) {
  for (;;) {
    const Glyph glyph = glyph_at(text, at);
    if (!is_handle_glyph(glyph.kind)) return at;
    at += glyph.size;
  }
}

bool is_us(std::string_view name, std::string_view host, const Lexicon::Words& words) {
  const FoldedEqual same;
  return std::any_of(words.handles.begin(), words.handles.end(), [&](const Handle& handle) {
    return same(handle.name, name) &&
           (host.empty() || handle.host.empty() || same(handle.host, host));
  });
}

/// Where the text goes on after the mention whose `@` is at `at`; `at` itself when it is not of us.
std::size_t after_mention(std::string_view text, std::size_t at, const Lexicon::Words& words) {
  const std::size_t name_end = run_end(text, at + 1);
  std::size_t end = name_end;
  std::string_view host;
  if (name_end < text.size() && text[name_end] == '@') {
    end = run_end(text, name_end + 1);
    host = text.substr(name_end + 1, end - name_end - 1);
  }
  if (!is_us(text.substr(at + 1, name_end - at - 1), host, words)) return at;
  if (end < text.size() && (text[end] == ':' || text[end] == ',')) return end + 1;
  return end == text.size() || after_blank(text, end) > end ? end : at;
}

}  // namespace

Opening skip_mentions(std::string_view text, const Lexicon::Words& words) {
  Opening opening;
  std::size_t at = after_blank(text, 0);
  while (at < text.size() && text[at] == '@') {
    const std::size_t after = after_mention(text, at, words);
    if (after == at) break;
    opening.addressed = true;
    at = after_blank(text, after);
  }
  opening.rest = text.substr(at);
  return opening;
}

}  // namespace signalbox::grammar
