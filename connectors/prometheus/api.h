// Prometheus' HTTP API: one instant query, whatever type its result has.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "connectors/connector.h"
#include "net/url.h"

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

/// Asks one server. Not thread-safe; one query at a time.
class Api {
 public:
  /// `sign_in` is sent along with every query; what `world` refers to outlives it.
  Api(std::string base_url, net::Headers sign_in, Duration timeout, World world);

  /// What `query` gave at `at`. Invalid: the query itself is refused.
  Task<Result<std::vector<Value>>> query(std::string query, Time at);

 private:
  net::Request by_post(const net::Parameters& form) const;
  net::Request by_get(const net::Parameters& form) const;

  std::string base_url_;
  net::Headers sign_in_;
  Duration timeout_;
  World world_;
};

}  // namespace signalbox::connectors::prometheus
