#include <algorithm>

#include "announce/announce.h"
#include "announce/links.h"
#include "base/normal_form.h"
#include "base/text.h"
#include "base/utf8.h"

namespace signalbox::announce {
namespace {

bool within(char32_t p, char32_t first, char32_t last) { return first <= p && p <= last; }

std::size_t weight(char32_t p) {
  const bool light = p <= 0x10FF || within(p, 0x2000, 0x200D) || within(p, 0x2010, 0x201F) ||
                     within(p, 0x2032, 0x2037);
  return light ? 1 : 2;
}

std::size_t weighted(std::string_view text) {
  std::size_t sum = 0;
  while (!text.empty()) {
    const utf8::Point point = utf8::decode(text);
    sum += weight(point.value);
    text.remove_prefix(point.bytes);
  }
  return sum;
}

std::size_t plain(std::string_view text, const Limits& limits) {
  switch (limits.count) {
    case Limits::Count::code_points:
      return code_points(text);
    case Limits::Count::weighted:
      return weighted(text);
    case Limits::Count::bytes:
      return text.size();
  }
  return text.size();
}

/// A link we are not sure of counts the longer way.
std::size_t of_link(std::string_view link, bool sure, const Limits& limits) {
  if (sure) return limits.url_cost;
  const std::size_t own = plain(link, limits);
  return limits.count == Limits::Count::weighted ? std::max(own, limits.url_cost) : own;
}

}  // namespace

std::size_t length(std::string_view text, const Limits& limits) {
  std::string joined;
  if (limits.count == Limits::Count::weighted) {
    joined = composed(text);
    text = joined;
  }
  if (limits.url_cost == 0) return plain(text, limits);
  std::size_t sum = 0;
  std::size_t done = 0;
  for (const Link& link : links(text)) {
    sum += plain(text.substr(done, link.begin - done), limits);
    sum += of_link(text.substr(link.begin, link.end - link.begin), link.sure, limits);
    done = link.end;
  }
  return sum + plain(text.substr(done), limits);
}

}  // namespace signalbox::announce
