// The strip of 90 days of one service: a bar a day, its height and colour by the worst state in it.
#pragma once

#include <string>
#include <vector>

#include "model/rollup.h"
#include "model/state.h"
#include "web/charts/svg.h"
#include "web/documents/language.h"

namespace signalbox::web::charts {

inline constexpr int kStripDays = 90;

/// What the bar of a day shows: the worst of DOWN and ISSUE that was in it, however short; else
/// MAINT when there was any; else UNKNOWN when more of the day is unknown than up. Of a day of
/// which nothing is known there is no rollup, and it gets a dot.
State shown_state(const DayTally& day);

/// "90 days: trouble on 2 of them: 12 Nov 14 min down; …". The newest few are named.
std::string strip_text(const std::vector<Rollup>& days, Time now,
                       const Language& language = english());

/// The strip up to the (UTC) day of `now`. `days`: at most one a day, oldest first.
Svg strip(const std::vector<Rollup>& days, Time now, const Language& language = english());

}  // namespace signalbox::web::charts
