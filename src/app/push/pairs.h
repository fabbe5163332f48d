// Good and total of one service, pushed as two metrics: what came of each instant, until both did.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/reading.h"

namespace signalbox::app {

/// The halves that wait for their other half. Bounded: the oldest are forgotten. A value.
class Pairs {
 public:
  /// From write(); empty for text that is none.
  static Pairs read(std::string_view text);
  std::string write() const;

  /// Notes a half. Gives both once they are there, and forgets them.
  std::optional<Sums> add(Time at, bool good, double value);
  bool empty() const { return halves_.empty(); }

 private:
  struct Half {
    bool good = false;
    double value = 0;
  };
  std::map<Time, Half> halves_;
};

}  // namespace signalbox::app
