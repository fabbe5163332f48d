// How much can have been counted at once: what is beyond is a fault of whoever counts.
#pragma once

namespace signalbox {

/// More requests than any interval has. Sums of 400 days of readings below it are whole numbers
/// that 64 bits hold.
inline constexpr double kMostCounted = 1e11;

}  // namespace signalbox
