// The outbound HTTP client of tests: hands requests to a Stage in process, and loses answers as the
// stage orders.
#pragma once

#include <string>
#include <vector>

#include "net/http.h"
#include "tests/support/stage.h"

namespace signalbox::testing {

/// Serves one stage. Fails the running test when a request that says something does not ask for a
/// fresh connection, or when a URL holds the stage's secret.
class FakeHttp final : public net::Http {
 public:
  explicit FakeHttp(Stage& stage) : stage_(stage) {}  ///< `stage` outlives it

  boost::asio::awaitable<Result<net::Response>> send(net::Request request) override;

  /// The next `times` requests find nobody listening: `unavailable`, marked net::kNeverSent.
  void unreachable(int times = 1) { unreachable_ += times; }
  /// Everything that was sent, in order.
  const std::vector<net::Request>& requests() const { return requests_; }

 private:
  void examine(const net::Request& request) const;

  Stage& stage_;
  int unreachable_ = 0;
  std::vector<net::Request> requests_;
};

}  // namespace signalbox::testing
