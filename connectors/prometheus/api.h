// Prometheus' HTTP API: one instant query, whatever type its result has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connectors/server.h"

namespace signalbox::connectors::prometheus {

/// One series' value at the instant asked for. A scalar is a series without labels.
struct Value {
  std::string instance;  ///< short name of its `instance` label
  std::string labels;    ///< short name of all its labels
  double number = 0;     ///< may be NaN or infinite
};

/// The values in the body of an answer; invalid when the query gives neither a vector nor a scalar,
/// corrupt when it is not Prometheus' form.
Result<std::vector<Value>> read_values(std::string_view body);

/// All series as one number; nullopt when there is none. A NaN among them makes it NaN.
std::optional<double> sum(const std::vector<Value>& values);

/// What `query` gave at `at`. Invalid: the query itself is refused. `server` outlives the call.
Task<Result<std::vector<Value>>> query(Server& server, std::string query, Time at);

}  // namespace signalbox::connectors::prometheus
