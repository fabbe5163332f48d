#include "web/documents/service_groups.h"

#include <algorithm>
#include <array>

#include "board/board.h"
#include "model/service.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::array kWorstFirst = {State::down, State::issue, State::unknown, State::maint,
                                    State::up};

View troubled_view(const ServiceGroup& group) {
  const auto count = std::ranges::count_if(
      group.services, [](const ServiceView* service) { return in_trouble(service->state); });
  if (count == 0) return View(false);
  View view;
  view["count"] = View(std::to_string(count));
  view["all"] = View(std::to_string(group.services.size()));
  return view;
}

}  // namespace

bool in_trouble(State state) { return board::rank(state) >= board::rank(State::unknown); }

State headline_state(const Edition& edition) {
  const Snapshot& snapshot = edition.snapshot;
  if (edition.stale_since) return State::unknown;
  const bool open = std::ranges::any_of(snapshot.incidents, &Incident::open);
  return open && !in_trouble(snapshot.worst) ? State::issue : snapshot.worst;
}

std::vector<ServiceGroup> service_groups(const Snapshot& snapshot) {
  std::vector<ServiceGroup> groups;
  for (const ServiceView& service : snapshot.services) {
    auto group = std::ranges::find(groups, service.group, &ServiceGroup::name);
    if (group == groups.end()) group = groups.insert(groups.end(), ServiceGroup{service.group});
    if (board::rank(service.state) > board::rank(group->worst)) group->worst = service.state;
    group->services.push_back(&service);
  }
  return groups;
}

View group_view(const Language& language, const ServiceGroup& group) {
  View view;
  view["name"] = optional_text(group.name);
  view["slug"] = text_view(group_slug(group.name));
  view["state"] = View(css_class(group.worst));
  view["word"] = View(state_word(language, group.worst));
  view["in_trouble"] = troubled_view(group);
  return view;
}

View tally_view(const Edition& edition) {
  ViewList list;
  for (const State state : kWorstFirst) {
    const auto count = std::ranges::count(edition.snapshot.services, state, &ServiceView::state);
    if (count == 0) continue;
    View view;
    view["count"] = View(number_text(edition.language, count));
    view["state"] = View(css_class(state));
    view["word"] = View(state_word(edition.language, state));
    list.push_back(std::move(view));
  }
  return list_view(std::move(list));
}

}  // namespace signalbox::web
