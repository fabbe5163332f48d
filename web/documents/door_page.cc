#include "web/documents/door_page.h"

#include "web/documents/view.h"

namespace signalbox::web {

std::string door_page(const Language& language, bool wrong, bool too_often) {
  View view;
  view["lang"] = View(language.code());
  view["wrong"] = View(wrong);
  view["too_often"] = View(too_often);
  return filled("door.mustache", view, language);
}

std::string door_rules() {
  return "X-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
         "Content-Security-Policy: default-src 'none'; style-src " +
         style_hash("tokens.css") + " " + style_hash("style.css") +
         "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";
}

}  // namespace signalbox::web
