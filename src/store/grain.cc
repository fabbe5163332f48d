#include "store/grain.h"

namespace signalbox::store {

Duration span_of(Grain grain) {
  switch (grain) {
    case Grain::minute:
      return std::chrono::minutes(1);
    case Grain::hour:
      return std::chrono::hours(1);
    case Grain::day:
      return std::chrono::days(1);
  }
  return std::chrono::days(1);
}

Time floor_to(Time instant, Duration span) {
  const Duration since = instant.time_since_epoch() % span;
  return instant - (since < Duration(0) ? since + span : since);
}

Time ceil_to(Time instant, Duration span) {
  const Time floor = floor_to(instant, span);
  return floor == instant ? floor : floor + span;
}

}  // namespace signalbox::store
