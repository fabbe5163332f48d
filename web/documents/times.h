// Times and lengths of time as a language writes them.
#pragma once

#include <string>
#include <string_view>

#include "web/documents/edition.h"

namespace signalbox::web {

/// `2026-11-21 04:12 CET`, `21.11.2026, 04:12 CET`: in the page's zone.
std::string when(const Edition& edition, Time t);
/// "Saturday, 21 November 2026" from "2026-11-21"; anything else comes back as it is.
std::string long_date(const Language& language, std::string_view date);
/// "October 2026" from "2026-10".
std::string month_and_year(const Language& language, std::string_view month);
/// `12 Nov` of the UTC day `t` is in.
std::string short_date(const Language& language, Time t);
/// "40 s", "14 min", "2.5 h".
std::string seconds_text(const Language& language, double seconds);
/// As seconds_text(); from three days on "4 days".
std::string long_length(const Language& language, Duration length);
/// The whole of it: "90 s", "5 min", "2 h", "22 h 27 min", "1 day".
std::string exact_length(const Language& language, Duration length);
/// "12 ms", "1.25 s": of a response.
std::string took_text(const Language& language, Duration took);

}  // namespace signalbox::web
