#include "announce/links.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::announce {
namespace {

constexpr std::size_t kLongestLabel = 63;

bool ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }
bool in_host(char c) { return letter(c) || digit(c) || c == '-' || c == '.' || !ascii(c); }
bool in_path(char c) {
  return ascii(c) && c > ' ' && c != 0x7F && c != '<' && c != '>' && c != '"';
}

std::size_t scheme(std::string_view text) {
  for (const std::string_view s : {"https://", "http://"}) {
    if (text.size() > s.size() && equal_ignoring_case(text.substr(0, s.size()), s)) return s.size();
  }
  return 0;
}

std::size_t run(std::string_view text, bool (*belongs)(char)) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, belongs) - text.begin());
}

bool can_be_host(std::string_view host) {
  const auto labels = split(host, '.');
  const std::string_view top = labels.back();
  return labels.size() > 1 && top.size() > 1 && !digit(top.front()) &&
         std::ranges::all_of(
             labels, [](std::string_view l) { return !l.empty() && l.size() <= kLongestLabel; });
}

std::size_t without_punctuation(std::string_view link) {
  const auto last = link.find_last_not_of(".,;:!?'()[]{}*_~");
  return last == std::string_view::npos ? 0 : last + 1;
}

/// The link at the start of `text`; its end is 0 when there is none.
Link link_at(std::string_view text) {
  const std::size_t start = scheme(text);
  const bool bare = start == 0;
  std::size_t host_length = run(text.substr(start), in_host);
  while (host_length > 0 && text[start + host_length - 1] == '.') --host_length;
  const std::string_view host = text.substr(start, host_length);
  if (!can_be_host(host)) return {};
  const bool international = !std::ranges::all_of(host, ascii);
  if (bare && (international || !std::ranges::all_of(split(host, '.').back(), letter))) return {};
  std::size_t end = start + host_length;
  if (end < text.size() && (text[end] == '/' || text[end] == '?' || text[end] == ':')) {
    end += without_punctuation(text.substr(end, run(text.substr(end), in_path)));
  }
  return {.begin = 0, .end = end, .sure = !bare && !international};
}

bool starts_word(std::string_view text, std::size_t at) {
  if (!letter(text[at]) && !digit(text[at])) return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  return !in_host(before) && before != '@' && before != '_' && before != '/';
}

}  // namespace

std::vector<Link> links(std::string_view text) {
  std::vector<Link> found;
  for (std::size_t at = 0; at < text.size();) {
    Link link;
    if (starts_word(text, at) || scheme(text.substr(at)) > 0) link = link_at(text.substr(at));
    if (link.end > 0) found.push_back({.begin = at, .end = at + link.end, .sure = link.sure});
    at += std::max<std::size_t>(link.end, 1);
  }
  return found;
}

}  // namespace signalbox::announce
