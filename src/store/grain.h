// How fine sums are kept, and how much of the past is gone.
#pragma once

#include <array>
#include <cstdint>

#include "base/time.h"

namespace signalbox::store {

/// Sums are kept a minute, an hour and a day (UTC).
enum class Grain : std::uint8_t { minute, hour, day };

/// From the finest to the coarsest.
inline constexpr std::array kGrains{Grain::minute, Grain::hour, Grain::day};

Duration span_of(Grain grain);
/// The beginning of the stretch of `span` that `instant` is in, counted from 1970.
Time floor_to(Time instant, Duration span);
/// The beginning of the next such stretch, or `instant` itself where one begins.
Time ceil_to(Time instant, Duration span);

/// What is older is forgotten. Time::min(): nothing is.
struct Horizon {
  Time readings = Time::min();
  std::array<Time, 3> sums{Time::min(), Time::min(), Time::min()};  ///< by grain

  Time& of(Grain grain) { return sums.at(static_cast<std::size_t>(grain)); }
  Time of(Grain grain) const { return sums.at(static_cast<std::size_t>(grain)); }

  bool operator==(const Horizon&) const = default;
};

}  // namespace signalbox::store
