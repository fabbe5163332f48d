// The board in one line and a few names, for the frame of somebody else's page.
#include <algorithm>

#include "base/text.h"
#include "board/board.h"
#include "web/documents/address.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/service_groups.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// A frame is small: more are counted.
constexpr std::size_t kMostNamed = 4;
constexpr std::size_t kLongestFrameName = 48;

std::vector<const ServiceView*> troubled(const Edition& edition) {
  std::vector<const ServiceView*> list;
  for (const ServiceView& service : edition.snapshot.services) {
    if (service.state != State::up) list.push_back(&service);
  }
  std::ranges::stable_sort(list, std::ranges::greater{},
                           [](const auto* service) { return board::rank(service->state); });
  return list;
}

}  // namespace

std::string embed_page(const Edition& edition) {
  const auto all = troubled(edition);
  const std::size_t named = all.size() <= kMostNamed ? all.size() : kMostNamed - 1;
  View view = frame(edition);
  const bool forced = edition.top != edition.root;
  view["home"] = View(safe_link(edition.snapshot.page.url) +
                      (forced ? address_in(edition.language.code(), "/") : "/"));
  view["state"] = View(css_class(headline_state(edition)));
  view["headline"] = View(headline(edition.language, edition.snapshot));
  view["as_of"] = View(when(edition, edition.snapshot.as_of));
  view["as_of_iso"] = View(edition.snapshot.page.zone.iso(edition.snapshot.as_of));
  ViewList list;
  for (std::size_t at = 0; at < named; ++at) {
    View row;
    row["name"] = text_view(shorten(one_line(shown(all[at]->name)), kLongestFrameName));
    row["state"] = View(css_class(all[at]->state));
    row["word"] = View(state_word(edition.language, all[at]->state));
    list.push_back(row);
  }
  view["troubled"] = View(list);
  view["any"] = View(!list.empty());
  view["more"] =
      all.size() > named
          ? View(say_count(edition.language, "more", static_cast<long long>(all.size() - named)))
          : View(false);
  return filled("embed.mustache", view, edition.language);
}

}  // namespace signalbox::web
