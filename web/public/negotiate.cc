#include "web/public/negotiate.h"

#include "base/text.h"
#include "web/quality.h"

namespace signalbox::web {
namespace {

struct Wishes {
  int gzip = -1, brotli = -1, any = -1;  // -1: not named
};

void add(Wishes& wishes, const Wish& wish) {
  if (equal_ignoring_case(wish.name, "gzip") || equal_ignoring_case(wish.name, "x-gzip")) {
    wishes.gzip = wish.quality;
  }
  if (equal_ignoring_case(wish.name, "br")) wishes.brotli = wish.quality;
  if (wish.name == "*") wishes.any = wish.quality;
}

}  // namespace

Encoding preferred(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return Encoding::identity;
  Wishes wishes;
  while (!accept_encoding.empty()) add(wishes, next_wish(accept_encoding));
  const int gzip = wishes.gzip >= 0 ? wishes.gzip : wishes.any;
  const int brotli = wishes.brotli >= 0 ? wishes.brotli : wishes.any;
  if (brotli > 0 && brotli >= gzip) return Encoding::brotli;
  return gzip > 0 ? Encoding::gzip : Encoding::identity;
}

bool names(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const auto comma = if_none_match.find(',');
    std::string_view item = trim(if_none_match.substr(0, comma));
    if (item.starts_with("W/")) item.remove_prefix(2);
    if (item == "*" || item == etag) return true;
    if_none_match.remove_prefix(comma == std::string_view::npos ? if_none_match.size() : comma + 1);
  }
  return false;
}

}  // namespace signalbox::web
