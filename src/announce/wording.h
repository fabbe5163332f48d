// The words announcements are made of: what is measured, told in one clause.
#pragma once

#include <string>
#include <vector>

#include "model/announcement.h"

namespace signalbox::announce {

/// `97.3 % of 12,400 requests in 5 min`; `97.3 % of requests in 5 min` without counts; `2 of 3
/// checks failed (status 503)`, or `found trouble` of an ISSUE; "" without figures.
std::string figures(const Line& line, bool show_counts);
/// Several services: `API 62 % of …; JS ISSUE, 97.3 % of …`; a state that is `head` goes unsaid.
/// One: its figures alone, or `measured DOWN` without any.
std::string told_of(const std::vector<Line>& lines, State head, bool show_counts);
/// `5 min`, `90 s`, `2 h`.
std::string span_text(Duration span);
/// `99.9 %`, cut and never rounded.
std::string share(double good, double total);

}  // namespace signalbox::announce
