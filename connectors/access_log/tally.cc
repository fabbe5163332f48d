#include "connectors/access_log/tally.h"

namespace signalbox::connectors::access_log {

Outcome outcome(const Line& line, Duration slow_after) {
  const bool slow = line.request_time && *line.request_time > slow_after;
  if (line.status == 499 || line.status == 408) {
    return slow || !line.request_time ? Outcome::bad : Outcome::left_out;
  }
  return slow || line.status >= 500 ? Outcome::bad : Outcome::served;
}

void Tally::add(const Line& line, Outcome outcome) {
  families[static_cast<std::size_t>(line.status / 100)] += 1;
  switch (outcome) {
    case Outcome::served:
      good += 1;
      break;
    case Outcome::bad:
      break;
    case Outcome::left_out:
      left_out += 1;
      return;
  }
  total += 1;
}

Tally& Tally::operator+=(const Tally& other) {
  good += other.good;
  total += other.total;
  left_out += other.left_out;
  for (std::size_t i = 0; i < families.size(); ++i) families[i] += other.families[i];
  return *this;
}

}  // namespace signalbox::connectors::access_log
