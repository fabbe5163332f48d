#include <array>
#include <utility>

#include "announce/announce.h"
#include "announce/links.h"
#include "base/normal_form.h"
#include "base/text.h"
#include "base/utf8.h"

namespace signalbox::announce {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities = {{
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&quot;", "\""},
    {"&#39;", "'"},
    {"&apos;", "'"},
    {"&amp;", "&"},
}};

/// Each entity once: `&amp;lt;` is `&lt;`.
std::string decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view found = text.substr(0, 1);
    std::size_t taken = 1;
    for (const auto& [entity, meaning] : kEntities) {
      if (!text.starts_with(entity)) continue;
      found = meaning;
      taken = entity.size();
      break;
    }
    out += found;
    text.remove_prefix(taken);
  }
  return out;
}

std::string without_links(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (const Link& link : links(text)) {
    if (!link.sure) continue;
    out += text.substr(done, link.begin - done);
    out += "http:";
    done = link.end;
  }
  return out + std::string(text.substr(done));
}

/// Joiners belong to the character they join; every other kind of white space is one space.
std::string folded_spaces(std::string_view text) {
  std::string out;
  bool space = false;
  while (!text.empty()) {
    const utf8::Point point = utf8::decode(text);
    const bool joiner = point.value == 0x200C || point.value == 0x200D;
    if (point.value <= ' ' || (utf8::is_space(point.value) && !joiner)) {
      space = true;
    } else {
      if (space && !out.empty()) out += ' ';
      space = false;
      out += text.substr(0, point.bytes);
    }
    text.remove_prefix(point.bytes);
  }
  return out;
}

}  // namespace

std::string normalised(std::string_view text) {
  return folded_spaces(without_links(decoded(composed(valid_utf8(text)))));
}

}  // namespace signalbox::announce
