#include "web/documents/wall_boxes.h"

#include <algorithm>
#include <array>

#include "board/board.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostBoxes = 30;
/// Among more boxes than this, those in trouble are large, as long as they are few.
constexpr std::size_t kSmallBoxes = 20;
constexpr std::size_t kMostLarge = 4;
constexpr std::size_t kMostColumns = 6;
constexpr std::size_t kOneColumn = 8;
constexpr std::size_t kTwoColumns = 20;
constexpr std::array kWorstFirst = {State::down, State::issue, State::unknown, State::maint,
                                    State::up};

std::vector<const ServiceView*> worst_first(const Snapshot& snapshot) {
  std::vector<const ServiceView*> list;
  for (const ServiceView& service : snapshot.services) list.push_back(&service);
  std::ranges::stable_sort(list, std::ranges::greater{},
                           [](const auto* service) { return board::rank(service->state); });
  return list;
}

/// What is left when the first `own` of `all` have boxes.
std::vector<CountedBox> rest(const std::vector<const ServiceView*>& all, std::size_t own) {
  std::vector<CountedBox> counted;
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(own);
  const auto state = [](const ServiceView* service) { return service->state; };
  for (const State one : kWorstFirst) {
    const auto count = std::ranges::count(first, all.end(), one, state);
    if (count == 0) continue;
    const bool more = std::ranges::find(all.begin(), first, one, state) != first;
    counted.push_back({one, static_cast<std::size_t>(count), more});
  }
  return counted;
}

std::size_t rows_of(std::size_t boxes, std::size_t columns) {
  return (boxes + columns - 1) / columns;
}

}  // namespace

WallBoxes wall_boxes(const Snapshot& snapshot) {
  WallBoxes boxes;
  boxes.plain = worst_first(snapshot);
  const auto well =
      std::ranges::find(boxes.plain, State::up, [](const auto* service) { return service->state; });
  const auto troubled = static_cast<std::size_t>(well - boxes.plain.begin());
  if (boxes.plain.size() > kMostBoxes) {
    std::size_t own = std::min(troubled, kMostBoxes);
    while (own + rest(boxes.plain, own).size() > kMostBoxes) --own;
    boxes.counted = rest(boxes.plain, own);
    boxes.plain.resize(own);
  } else if (boxes.plain.size() > kSmallBoxes && troubled <= kMostLarge) {
    boxes.large.assign(boxes.plain.begin(), well);
    boxes.plain.erase(boxes.plain.begin(), well);
  }
  return boxes;
}

Grid wide_grid(std::size_t boxes) {
  if (boxes == 0) return {};
  std::size_t columns = 1;
  while (columns < kMostColumns && columns * std::max<std::size_t>(columns - 1, 1) < boxes) {
    ++columns;
  }
  const std::size_t rows = rows_of(boxes, columns);
  return {rows_of(boxes, rows), rows};
}

Grid upright_grid(std::size_t boxes) {
  if (boxes == 0) return {};
  const std::size_t columns = boxes <= kOneColumn ? 1 : boxes <= kTwoColumns ? 2 : 3;
  return {columns, rows_of(boxes, columns)};
}

}  // namespace signalbox::web
