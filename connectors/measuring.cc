#include "connectors/measuring.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "model/counted.h"

namespace signalbox::connectors {
namespace {

constexpr Duration kFurthestBack = std::chrono::hours(1);

Time aligned(Time t, Duration every) {
  const Duration since = t.time_since_epoch();
  return Time(since - since % every);
}

std::string in_seconds(Duration every) {
  if (every.count() % 1000 != 0) return std::to_string(every.count()) + "ms";
  return std::to_string(every.count() / 1000) + "s";
}

/// Why a number is no count; "" when it is one.
std::string_view what_is_wrong(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return "infinite";
  if (number > kMostCounted) return "above 10^11";
  return number < 0 ? "negative" : "";
}

}  // namespace

std::vector<Time> instants_due(std::optional<Time> last, Time now, Duration every,
                               std::size_t most) {
  const Time newest = aligned(now, every);
  if (!last || *last > newest + kFurthestBack) return {newest};
  Time next = std::max(aligned(*last, every) + every, aligned(now - kFurthestBack, every) + every);
  std::vector<Time> due;
  for (; next <= newest && due.size() < most; next += every) due.push_back(next);
  return due;
}

std::string with_every(std::string query, Duration every) {
  return replace_all(std::move(query), "$every", in_seconds(every));
}

Judged judge_counts(std::optional<double> good, std::optional<double> total, bool good_seen,
                    Duration every, std::string_view hint) {
  if (!total) {
    return {{}, "total has no value for the last " + in_seconds(every) + ": " + std::string(hint)};
  }
  if (const auto wrong = what_is_wrong(*total); !wrong.empty()) {
    return {{}, "total is " + std::string(wrong)};
  }
  if (!good && !good_seen && *total > 0) {
    return {{}, "good never had a value, though total has: check the query"};
  }
  const double share = good.value_or(0);
  if (const auto wrong = what_is_wrong(share); !wrong.empty()) {
    return {{}, "good is " + std::string(wrong)};
  }
  if (share > *total * (1 + kRounding)) return {{}, "good is more than total"};
  return {Judged::Counts{std::min(share, *total), *total}, ""};
}

void complain(Measured& measured, const std::string& source, const std::string& service,
              const std::string& complaint) {
  if (complaint.empty()) return;
  std::string line = source + ": " + service + ": " + one_line(complaint);
  if (std::ranges::find(measured.complaints, line) != measured.complaints.end()) return;
  measured.complaints.push_back(std::move(line));
}

}  // namespace signalbox::connectors
