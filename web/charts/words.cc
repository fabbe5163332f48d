#include "web/charts/words.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "web/documents/say.h"
#include "web/documents/times.h"

namespace signalbox::web::charts {
std::string short_date(const Language& language, const Zone& zone, Time t) {
  const auto midnight = parse_iso(zone.date_text(t) + "T00:00:00Z");
  return web::short_date(language, midnight.value_or(t));
}

std::string clock(const Zone& zone, Time t) { return zone.clock_text(t).substr(0, 5); }

std::string scale_text(const Language& language, double share) {
  std::array<char, 32> digits{};
  const double hundredths = std::round(share * 1e4) / 1e2;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), hundredths).ptr;
  return percent_text(language, {digits.data(), end});
}

std::string share_text(const Language& language, const Sums& sums) {
  return percent_text(language, percent(sums.good, sums.total, 3));
}

}  // namespace signalbox::web::charts
