// What may be pushed, and what it measures: the configuration's `metrics` and sources of kind push.
#pragma once

#include <map>
#include <set>
#include <string>

#include "base/secret.h"
#include "base/time.h"

namespace signalbox::app {

/// A metric that scripts submit.
struct Metric {
  enum class Kind { good, total, percent, value };
  Kind kind = Kind::value;
  std::string service;
  std::string source;  ///< of the readings made of good and total
};

/// Made from a configuration, whole.
struct PushPlan {
  Secret token;  ///< "": the control plane's is asked for instead
  std::map<std::string, Metric> metrics;
  std::set<std::string> measured;  ///< services that readings can be pushed for
  std::set<std::string> services;  ///< all there are
  std::set<std::string> asked;     ///< sources that we ask ourselves: nobody pushes for them
  /// How long readings are kept: of an older one nobody could say whether it was counted.
  Duration kept = std::chrono::days(2);
  Duration drawn = std::chrono::days(14);  ///< how long points are kept that are drawn
};

}  // namespace signalbox::app
