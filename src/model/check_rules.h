// How the tries of one check add up to its verdict, as plain values (rules, section 4).
#pragma once

#include "base/time.h"

namespace signalbox {

/// One check's: the numbers are counts of polls.
struct CheckRules {
  Duration every{std::chrono::seconds(30)};  ///< how often it is tried
  int down_after = 2;                        ///< so many of the last `of` failed: DOWN, or ISSUE
  int of = 3;
  int up_after = 2;  ///< so many good ones in a row: UP

  bool operator==(const CheckRules&) const = default;
};

/// No check looks back further than this.
inline constexpr int kMostTries = 20;

}  // namespace signalbox
