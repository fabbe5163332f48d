// How charts write numbers: lengths of time, dates, shares.
#pragma once

#include <string>

#include "base/time.h"
#include "base/zone.h"
#include "model/reading.h"

namespace signalbox::web::charts {

/// "40 s", "14 min", "2.5 h".
std::string seconds_text(double seconds);
/// "12 ms", "1.25 s": of a response.
std::string took_text(Duration took);
/// `12 Nov` of the UTC day `t` is in.
std::string short_date(Time t);
/// `12 Nov` in `zone`.
std::string short_date(const Zone& zone, Time t);
/// `04:15` in `zone`.
std::string clock(const Zone& zone, Time t);
/// `97.5%`: of a scale, exact to a ten-thousandth.
std::string scale_text(double share);
/// `99.95%`, cut, never rounded, of sums.
std::string share_text(const Sums& sums);

}  // namespace signalbox::web::charts
