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
  std::set<std::string> services;  ///< all there are
  /// By service, where it has one: its start. What is of before it is kept, and shown nowhere.
  std::map<std::string, Time> starts;
  /// By service: the source of kind push that measures it. Readings are taken for these, and as
  /// from that source alone: under another name the same request would count twice.
  std::map<std::string, std::string> sources;
  /// How long readings are kept: of an older one nobody could say whether it was counted.
  Duration kept = std::chrono::days(2);
  Duration drawn = std::chrono::days(14);  ///< how long points are kept that are drawn
};

}  // namespace signalbox::app
