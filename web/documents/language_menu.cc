// The same document in the other languages: links for people, and for what indexes pages.
#include "web/documents/accept_language.h"
#include "web/documents/address.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {

View languages_view(const Edition& edition) {
  const auto offer = offered(edition.snapshot.page);
  if (offer.size() == 1) return View(false);
  const std::string url = safe_link(edition.snapshot.page.url);
  ViewList list;
  for (const Language* one : offer) {
    View view;
    view["code"] = View(one->code());
    view["name"] = View(one->text("language"));
    view["here"] = View(one == &edition.language);
    view["href"] = text_view(edition.top + one->code() + "/" + edition.here);
    const std::string address = url + address_in(one->code(), "/" + edition.here);
    view["address"] = url.empty() ? View(false) : text_view(address);
    list.push_back(view);
  }
  View view;
  view["all"] = View(list);
  view["any"] = url.empty() ? View(false) : text_view(url + "/" + edition.here);
  return view;
}

}  // namespace signalbox::web
