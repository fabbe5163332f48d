// How charts write dates and shares.
#pragma once

#include <string>

#include "base/time.h"
#include "base/zone.h"
#include "model/reading.h"
#include "web/documents/language.h"

namespace signalbox::web::charts {

/// `12 Nov` in `zone`.
std::string short_date(const Language& language, const Zone& zone, Time t);
/// `04:15` in `zone`.
std::string clock(const Zone& zone, Time t);
/// `97.5%`: of a scale, exact to a ten-thousandth.
std::string scale_text(const Language& language, double share);
/// `99.95%`, cut, never rounded, of sums.
std::string share_text(const Language& language, const Sums& sums);

}  // namespace signalbox::web::charts
