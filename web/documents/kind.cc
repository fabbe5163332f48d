#include "web/documents/kind.h"

#include "web/documents/assets.h"
#include "web/documents/own_style.h"
#include "web/documents/view.h"

namespace signalbox::web {
namespace {

std::string_view content_type(Kind kind) {
  switch (kind) {
    case Kind::html:
    case Kind::charts:
    case Kind::wall:
    case Kind::embed:
      return "text/html; charset=utf-8";
    case Kind::json:
      return "application/json; charset=utf-8";
    case Kind::atom:
      return "application/atom+xml; charset=utf-8";
    case Kind::rss:
      return "application/rss+xml; charset=utf-8";
    case Kind::feed:
      return "application/feed+json; charset=utf-8";
    case Kind::svg:
      return "image/svg+xml; charset=utf-8";
    case Kind::calendar:
      return "text/calendar; charset=utf-8";
    case Kind::text:
    case Kind::asset:
      return "text/plain; charset=utf-8";
  }
  return "text/plain; charset=utf-8";
}

/// The styles of a page of the site, in the order they stand there.
std::string styles_of_page(Kind kind, const PageFacts& facts) {
  static const std::string style = style_hash("style.css");
  static const std::string charts = " " + style_hash("charts.css");
  static const std::string classic = " " + style_hash("classic.css");
  std::string rules = style;
  if (facts.look != nullptr && facts.look->theme == Theme::classic) rules += classic;
  if (kind == Kind::charts) rules += charts + (can_explore() ? " 'self'" : "");
  const std::string own = own_style(facts);
  if (!own.empty()) rules += " " + hash_of_style(own);
  return rules;
}

/// What a page may load beside itself: its own styles alone, our script and what that asks for.
std::string allowed(Kind kind, const PageFacts& facts) {
  static const std::string tokens = "style-src " + style_hash("tokens.css") + " ";
  if (!is_page(kind)) return "";
  std::string rules = tokens;
  if (kind == Kind::html || kind == Kind::charts) rules += styles_of_page(kind, facts);
  if (kind == Kind::wall) rules += style_hash("wall.css");
  if (kind == Kind::embed) rules += style_hash("embed.css");
  return rules + "; img-src data:; script-src 'self'; connect-src 'self'; ";
}

/// Who may keep it, and for how long. What only some may see is kept by no cache on the way, and by
/// no browser; but for our scripts, which are no secret.
std::string keeping(const PageFacts& facts, Kind kind) {
  const bool asset = kind == Kind::asset;
  const std::string who = facts.restricted ? "private, " : "public, ";
  if (asset) return "Cache-Control: " + who + "max-age=31536000, immutable\r\n";
  if (!facts.restricted) return "Cache-Control: no-cache\r\n";
  return "Cache-Control: private, no-store\r\n";
}

std::string security(const PageFacts& facts, Kind kind) {
  const bool framed = kind == Kind::embed && !facts.restricted;
  std::string lines = keeping(facts, kind);
  lines += "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n";
  if (facts.restricted) lines += "X-Robots-Tag: noindex\r\n";
  if (!framed) lines += "X-Frame-Options: DENY\r\n";
  lines += "Content-Security-Policy: default-src 'none'; " + allowed(kind, facts) +
           "base-uri 'none'; form-action 'self'; frame-ancestors " + (framed ? "*" : "'none'") +
           "\r\n";
  if (!is_page(kind) && !facts.restricted)
    lines += "Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: ETag\r\n";
  if (is_https(facts)) lines += kStrictTransport;
  return lines;
}

}  // namespace

bool is_page(Kind kind) {
  return kind == Kind::html || kind == Kind::charts || kind == Kind::wall || kind == Kind::embed;
}

Heading heading_of(Kind kind, const PageFacts& page) {
  return {std::string(content_type(kind)), security(page, kind), {}};
}

}  // namespace signalbox::web
