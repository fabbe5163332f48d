#include "connectors/access_log/tally.h"

namespace signalbox::connectors::access_log {

Tally& Tally::operator+=(const Tally& other) {
  good += other.good;
  total += other.total;
  left_out += other.left_out;
  for (std::size_t i = 0; i < families.size(); ++i) families[i] += other.families[i];
  return *this;
}

}  // namespace signalbox::connectors::access_log
