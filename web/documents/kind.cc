#include "web/documents/kind.h"

#include "web/documents/assets.h"
#include "web/documents/view.h"

namespace signalbox::web {
namespace {

std::string_view content_type(Kind kind) {
  switch (kind) {
    case Kind::html:
    case Kind::charts:
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
    case Kind::text:
    case Kind::asset:
      return "text/plain; charset=utf-8";
  }
  return "text/plain; charset=utf-8";
}

/// What a page may load beside itself: its own style alone; where charts are explored, our script.
std::string allowed(Kind kind) {
  static const std::string style = "style-src " + style_hash("style.css");
  static const std::string charts = style_hash("charts.css");
  if (kind == Kind::html) return style + "; img-src data:; ";
  if (kind != Kind::charts) return "";
  const std::string script =
      can_explore() ? " 'self'; script-src 'self'; connect-src 'self'; " : "; ";
  return style + " " + charts + script + "img-src data:; ";
}

std::string security(const PageFacts& facts, Kind kind) {
  const bool page = kind == Kind::html || kind == Kind::charts;
  std::string lines = kind == Kind::asset ? "Cache-Control: public, max-age=31536000, immutable\r\n"
                                          : "Cache-Control: no-cache\r\n";
  lines +=
      "X-Content-Type-Options: nosniff\r\n"
      "Referrer-Policy: no-referrer\r\nX-Frame-Options: DENY\r\n";
  lines += "Content-Security-Policy: default-src 'none'; " + allowed(kind) +
           "base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";
  if (!page) lines += "Access-Control-Allow-Origin: *\r\n";
  if (is_https(facts)) lines += kStrictTransport;
  return lines;
}

}  // namespace

Heading heading_of(Kind kind, const PageFacts& page) {
  return {std::string(content_type(kind)), security(page, kind)};
}

}  // namespace signalbox::web
