// The page itself.
#include <optional>

#include "web/documents/board_parts.h"
#include "web/documents/pages.h"
#include "web/documents/service_days.h"
#include "web/documents/service_groups.h"
#include "web/documents/view.h"

namespace signalbox::web {
namespace {

/// With more services than this, a group opens by itself only when it has trouble.
constexpr std::size_t kFewServices = 40;
/// With more services than this, readers are helped to find one.
constexpr std::size_t kFoundAtAGlance = 8;

/// `incidents`: null where there are too many services for their days.
View services_of(const Edition& edition, const ServiceGroup& group,
                 const IncidentsOfServices* incidents) {
  ViewList list;
  list.reserve(group.services.size());
  for (const ServiceView* service : group.services) {
    list.push_back(service_view(edition, *service));
    if (incidents == nullptr) continue;
    list.back()["strip"] = strip_view(edition, *service);
    list.back()["trouble"] = trouble_view(edition, *service, *incidents);
  }
  return list_view(std::move(list));
}

View groups_view(const Edition& edition) {
  std::optional<IncidentsOfServices> incidents;
  if (edition.snapshot.services.size() <= kMostStrips) incidents.emplace(edition.snapshot);
  const bool few = edition.snapshot.services.size() <= kFewServices;
  ViewList list;
  for (const ServiceGroup& group : service_groups(edition.snapshot)) {
    View view = group_view(edition.language, group);
    view["unfolded"] = View(few || group.worst != State::up);
    view["services"] = services_of(edition, group, incidents ? &*incidents : nullptr);
    list.push_back(std::move(view));
  }
  return list_view(std::move(list));
}

bool is_classic(const PageFacts& page) {
  return page.look != nullptr && page.look->theme == Theme::classic;
}

}  // namespace

std::string board_page(const Edition& edition) {
  if (is_classic(edition.snapshot.page)) return classic_page(edition);
  const std::size_t services = edition.snapshot.services.size();
  View view = board_frame(edition);
  view["tools"] = View(services > kFoundAtAGlance);
  view["large"] = View(services > kMostStrips);
  view["legend"] = View(services <= kMostStrips);
  view["groups"] = groups_view(edition);
  return filled("page.mustache", view, edition.language);
}

}  // namespace signalbox::web
