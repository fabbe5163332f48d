// The board for a screen on a wall: boxes, worst first, few words, nothing to press.
#include <vector>

#include "base/text.h"
#include "web/documents/assets.h"
#include "web/documents/board_parts.h"
#include "web/documents/pages.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/service_groups.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/wall_boxes.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostOpenLines = 2;
constexpr std::size_t kLongestBoxName = 48;
/// A headline longer than this counts the services, whose boxes name them.
constexpr std::size_t kLongHeadline = 56;

/// `04:12 CET` of today, else with its date.
std::string short_time(const Edition& edition, Time t) {
  const Zone& zone = edition.snapshot.page.zone;
  const bool today = zone.date_text(t) == zone.date_text(edition.snapshot.as_of);
  return today ? zone.clock_text(t) : when(edition, t);
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

/// "13 more ISSUE", "272 UP".
View counted_view(const Edition& edition, const CountedBox& counted) {
  const auto count = static_cast<long long>(counted.count);
  View view;
  view["count"] = View(counted.more ? say_count(edition.language, "wall.more", count)
                                    : number_text(edition.language, count));
  view["state"] = View(css_class(counted.state));
  view["word"] = View(state_word(edition.language, counted.state));
  return view;
}

/// `c3 r2 p1 q5`: columns and rows on a wide screen, and on one that stands upright.
View grid_view(const Grid& wide, const Grid& upright) {
  return View("c" + std::to_string(wide.columns) + " r" + std::to_string(wide.rows) + " p" +
              std::to_string(upright.columns) + " q" + std::to_string(upright.rows));
}

View block_view(const Edition& edition, const std::vector<const ServiceView*>& services,
                const char* kind, const Grid& wide) {
  ViewList boxes;
  for (const ServiceView* service : services) boxes.push_back(box_view(edition, *service));
  View view;
  view["kind"] = View(kind);
  view["grid"] = grid_view(wide, upright_grid(services.size()));
  view["boxes"] = list_view(std::move(boxes));
  return view;
}

View blocks_view(const Edition& edition, const WallBoxes& boxes) {
  ViewList blocks;
  const auto& [large, plain, counted] = boxes;
  if (!large.empty()) blocks.push_back(block_view(edition, large, "large", {large.size(), 1}));
  if (!plain.empty())
    blocks.push_back(block_view(edition, plain, "plain", wide_grid(plain.size())));
  return list_view(std::move(blocks));
}

View rest_view(const Edition& edition, const std::vector<CountedBox>& counted) {
  if (counted.empty()) return View(false);
  ViewList list;
  for (const CountedBox& one : counted) list.push_back(counted_view(edition, one));
  View view;
  view["columns"] = View(std::to_string(counted.size()));
  view["counted"] = list_view(std::move(list));
  return view;
}

/// As the page says it, or counted where that is long.
std::string wall_headline(const Edition& edition) {
  const std::string whole = headline(edition.language, edition.snapshot);
  return code_points(whole) <= kLongHeadline ? whole
                                             : counted_headline(edition.language, edition.snapshot);
}

View open_lines(const Edition& edition) {
  std::vector<const Incident*> open = open_worst_first(edition.snapshot);
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
  const WallBoxes boxes = wall_boxes(edition.snapshot);
  View view = frame(edition);
  const State state = headline_state(edition);
  view["state"] = View(css_class(state));
  view["word"] = View(state_word(edition.language, state));
  view["headline"] = View(wall_headline(edition));
  view["as_of"] = View(when(edition, edition.snapshot.as_of));
  view["as_of_iso"] = View(edition.snapshot.page.zone.iso(edition.snapshot.as_of));
  view["on_call"] = optional_text(
      on_call(edition.snapshot.page.on_call, edition.snapshot.page.zone, edition.snapshot.as_of));
  view["blocks"] = blocks_view(edition, boxes);
  view["rest"] = rest_view(edition, boxes.counted);
  view["open"] = open_lines(edition);
  view["banners"] = banners_view(edition);
  view["script"] = View(asset_link(edition.top, "wall.js"));
  return filled("wall.mustache", view, edition.language);
}

}  // namespace signalbox::web
