// The page that says how to follow this one.
#include "web/documents/pages.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// With more services than this, the list of their feeds is folded.
constexpr std::size_t kFewFeeds = 12;

View feeds_of_services(const Edition& edition) {
  ViewList list;
  for (const ServiceView& service : edition.snapshot.services) {
    View view;
    view["id"] = text_view(service.id);
    view["name"] = text_view(service.name);
    list.push_back(std::move(view));
  }
  return View(std::move(list));
}

/// What other pages show of this one has its whole address in it, and must be open to them.
View snippets_view(const Edition& edition) {
  const std::string url = safe_link(edition.snapshot.page.url);
  if (url.empty() || edition.snapshot.page.restricted) return View(false);
  View view;
  view["url"] = View(url);
  return view;
}

}  // namespace

std::string subscribe_page(const Edition& edition) {
  View page = frame(edition);
  page["at_subscribe"] = View(true);
  page["has_accounts"] = View(page["follow"].is_non_empty_list());
  page["few"] = View(edition.snapshot.services.size() <= kFewFeeds);
  page["services"] = feeds_of_services(edition);
  page["open_to_all"] = View(!edition.snapshot.page.restricted);
  page["snippets"] = snippets_view(edition);
  return filled("subscribe.mustache", page, edition.language);
}

}  // namespace signalbox::web
