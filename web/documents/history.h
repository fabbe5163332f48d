// The history: an index of all months with their incidents counted, and a month by its days.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/month.h"
#include "web/documents/edition.h"
#include "web/documents/months.h"
#include "web/documents/told.h"

namespace signalbox::web {

inline constexpr std::string_view kHistory = "/history";

/// What history pages are told beside the snapshot.
struct Chronicle {
  Months* months = nullptr;  ///< null: nothing is kept beyond the snapshot
  Told told;
};

/// A page, and whether a better one can be had in a moment.
struct HistoryPage {
  std::string body;
  bool lasting = true;
};

/// At `/history`: the index, and the month of the snapshot.
HistoryPage history_page(const Edition& edition, const Chronicle& chronicle);
/// At `/history/2026-10`. None when there is no such month on the page, or while what only the
/// archive has is being asked for.
std::optional<HistoryPage> month_page(const Edition& edition, const Chronicle& chronicle,
                                      std::string_view name);
/// Whether history_page() or month_page() for `path` would be better in a moment.
bool history_pending(const Snapshot& snapshot, const Chronicle& chronicle, std::string_view path);
/// The months there are pages for, newest first: without an archive, those the snapshot reaches
/// into.
std::vector<Month> history_months(const Snapshot& snapshot, bool archived);

}  // namespace signalbox::web
