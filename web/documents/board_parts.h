// What a page of the whole board says in whatever theme.
#pragma once

#include <string>
#include <vector>

#include "web/documents/edition.h"
#include "web/documents/view.h"

namespace signalbox::web {

/// With more services than this, strips of 90 days are on pages of groups and services only.
inline constexpr std::size_t kMostStrips = 100;

/// The open incidents, the worst first, the newest of them first. Good as long as the snapshot.
std::vector<const Incident*> open_worst_first(const Snapshot& snapshot);
/// What readers must know of trouble of our own, a line each.
View banners_view(const Edition& edition);
/// The frame with the headline, banners, open incidents, maintenances, notices and the last days.
View board_frame(const Edition& edition);

/// The page by the theme `classic`.
std::string classic_page(const Edition& edition);

}  // namespace signalbox::web
