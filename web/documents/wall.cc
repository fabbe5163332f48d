// The board for a screen on a wall: boxes, worst first, few words, nothing to press.
#include <algorithm>
#include <vector>

#include "base/text.h"
#include "board/board.h"
#include "web/documents/assets.h"
#include "web/documents/board_parts.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/service_groups.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// More boxes than this cannot be read from afar; the best of the rest are counted.
constexpr std::size_t kMostBoxes = 120;
constexpr std::size_t kMostOpenLines = 2;
constexpr std::size_t kLongestBoxName = 48;
constexpr std::size_t kMostColumns = 12;
/// Among more boxes than this, those in trouble take four places each, as long as they are few.
constexpr std::size_t kSmallBoxes = 20;
constexpr std::size_t kMostLarge = 12;
/// A headline longer than this is written smaller, so that all of it is there.
constexpr std::size_t kLongHeadline = 56;

/// Worst first, else in the configuration's order.
std::vector<const ServiceView*> worst_first(const Edition& edition) {
  std::vector<const ServiceView*> list;
  for (const ServiceView& service : edition.snapshot.services) list.push_back(&service);
  std::ranges::stable_sort(list, std::ranges::greater{},
                           [](const auto* service) { return board::rank(service->state); });
  return list;
}

/// So that boxes are about twice as wide as high on a wide screen.
std::size_t columns(std::size_t boxes) {
  std::size_t count = 1;
  while (count < kMostColumns && count * std::max<std::size_t>(count - 1, 1) < boxes) ++count;
  return count;
}

/// `04:12 CET` of today, else with its date.
std::string short_time(const Edition& edition, Time t) {
  const Zone& zone = edition.snapshot.page.zone;
  const bool today = zone.date_text(t) == zone.date_text(edition.snapshot.as_of);
  return today ? zone.clock_text(t) : when(edition, t);
}

/// How many boxes, from the first, are large.
std::size_t large_boxes(const std::vector<const ServiceView*>& all, std::size_t boxes) {
  const auto troubled = static_cast<std::size_t>(
      std::ranges::count_if(all, [](const auto* service) { return service->state != State::up; }));
  return boxes > kSmallBoxes && troubled <= kMostLarge ? troubled : 0;
}

View box_view(const Edition& edition, const ServiceView& service) {
  View view;
  view["name"] = text_view(shorten(one_line(shown(service.name)), kLongestBoxName));
  view["state"] = View(css_class(service.state));
  view["word"] = View(state_word(edition.language, service.state));
  const bool told = service.state != State::up && service.since != Time{};
  view["since"] = told ? View(short_time(edition, service.since)) : View(false);
  view["iso"] = View(told ? edition.snapshot.page.zone.iso(service.since) : "");
  return view;
}

/// "and 380 more", with the worst state among them.
View rest_view(const Edition& edition, const std::vector<const ServiceView*>& all) {
  if (all.size() <= kMostBoxes) return View(false);
  const State worst = all[kMostBoxes - 1]->state;
  View view;
  view["count"] = View(
      say_count(edition.language, "more", static_cast<long long>(all.size() - kMostBoxes + 1)));
  view["state"] = View(css_class(worst));
  view["word"] = View(state_word(edition.language, worst));
  return view;
}

State worst_now(const Incident& incident) {
  State worst = State::up;
  for (const auto& [id, state] : incident.services) {
    if (board::rank(state) > board::rank(worst)) worst = state;
  }
  return worst;
}

/// The worst first, the newest of them first.
View open_lines(const Edition& edition) {
  std::vector<const Incident*> open;
  for (const Incident& incident : edition.snapshot.incidents) {
    if (incident.open()) open.push_back(&incident);
  }
  std::ranges::stable_sort(open, std::greater(),
                           [](const Incident* one) { return board::rank(worst_now(*one)); });
  if (open.size() > kMostOpenLines) open.resize(kMostOpenLines);
  ViewList list;
  for (const Incident* incident : open) {
    View view;
    view["name"] = text_view(one_line(shown(incident->name)));
    view["phase"] = View(phase_of(edition.language, *incident));
    list.push_back(view);
  }
  return list_view(std::move(list));
}

}  // namespace

std::string wall_page(const Edition& edition) {
  const auto all = worst_first(edition);
  const std::size_t boxes = std::min(all.size(), kMostBoxes);
  const std::size_t large = large_boxes(all, boxes);
  const std::size_t places = boxes + 3 * large;
  const std::size_t wide = columns(places);
  View view = frame(edition);
  const State state = headline_state(edition);
  view["state"] = View(css_class(state));
  view["word"] = View(state_word(edition.language, state));
  view["headline"] = View(headline(edition.language, edition.snapshot));
  view["long"] = View(code_points(headline(edition.language, edition.snapshot)) > kLongHeadline);
  view["as_of"] = View(when(edition, edition.snapshot.as_of));
  view["as_of_iso"] = View(edition.snapshot.page.zone.iso(edition.snapshot.as_of));
  view["on_call"] = optional_text(
      on_call(edition.snapshot.page.on_call, edition.snapshot.page.zone, edition.snapshot.as_of));
  view["columns"] = View(std::to_string(wide));
  view["rows"] = View(std::to_string(std::max<std::size_t>((places + wide - 1) / wide, 1)));
  ViewList list;
  const std::size_t single = all.size() > kMostBoxes ? kMostBoxes - 1 : boxes;
  for (std::size_t at = 0; at < single; ++at) {
    View box = box_view(edition, *all[at]);
    box["large"] = View(at < large);
    list.push_back(box);
  }
  view["boxes"] = list_view(std::move(list));
  view["rest"] = rest_view(edition, all);
  view["open"] = open_lines(edition);
  view["banners"] = banners_view(edition);
  view["script"] = View(asset_link(edition.top, "wall.js"));
  return filled("wall.mustache", view, edition.language);
}

}  // namespace signalbox::web
