// The page that is shown where nothing is.
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/service_groups.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {

std::string not_found_page(const Edition& edition) {
  const bool forced = edition.root != edition.top;
  const std::string top = safe_link(edition.snapshot.page.url) + "/";
  const std::string root = forced ? top + edition.language.code() + "/" : top;
  View page = frame({edition.snapshot, edition.stale_since, edition.language, root, top});
  page["headline"] = View(headline(edition.language, edition.snapshot));
  page["state"] = View(css_class(headline_state(edition)));
  return filled("not_found.mustache", page, edition.language);
}

}  // namespace signalbox::web
