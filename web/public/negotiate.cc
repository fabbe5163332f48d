#include "web/public/negotiate.h"

#include "base/text.h"

namespace signalbox::web {
namespace {

/// A quality in thousandths; what cannot be read counts as 0.
int quality(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  std::string_view text = trim(parameters.substr(at + 2));
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int value = (text[0] - '0') * 1000;
  int place = 100;
  for (std::size_t i = 2; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    value += (text[i] - '0') * place;
    place /= 10;
  }
  return value > 1000 ? 1000 : value;
}

struct Wishes {
  int gzip = -1, brotli = -1, any = -1;  // -1: not named
};

void add(Wishes& wishes, std::string_view item) {
  const auto semicolon = item.find(';');
  const std::string_view name = trim(item.substr(0, semicolon));
  const int q = semicolon == std::string_view::npos ? 1000 : quality(item.substr(semicolon));
  if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip")) wishes.gzip = q;
  if (equal_ignoring_case(name, "br")) wishes.brotli = q;
  if (name == "*") wishes.any = q;
}

}  // namespace

Encoding preferred(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return Encoding::identity;
  Wishes wishes;
  while (!accept_encoding.empty()) {
    const auto comma = accept_encoding.find(',');
    add(wishes, accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(comma == std::string_view::npos ? accept_encoding.size()
                                                                  : comma + 1);
  }
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
