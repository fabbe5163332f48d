// What all checks share: one try a poll, weighed as good, failed, or no evidence at all (rules,
// section 4).
#pragma once

#include <functional>
#include <string>

#include "connectors/connector.h"
#include "net/http.h"

namespace signalbox::connectors {

/// What an answer says of a service: UP, ISSUE, DOWN; UNKNOWN while that is still pending.
struct Grade {
  State state = State::unknown;
  std::string why = {};  ///< for staff, one line: "status 503", "/status/indicator is major"
};

/// A check sends one request a poll, and gives one Reading with its grade and how long the answer
/// took. The cursor means nothing to it.
///
/// No answer within the time allowed, a refused connection or certificate, and an answer that makes
/// no sense are failed tries. A failure that may be our own (net::kMaybeOurs) is no try: it gives
/// no reading and a complaint, so that a service is never DOWN for our resolver, route or queue,
/// but UNKNOWN when that lasts.
class Check final : public Meter {
 public:
  using Expected = std::function<Grade(const net::Response&)>;

  /// `setup.questions` holds exactly the one service that is checked.
  Check(const SourceSetup& setup, net::Request request, Expected expected, World world);
  Task<Result<Measured>> poll(std::string cursor) override;

 private:
  std::string source_;
  std::string service_;
  net::Request request_;
  Expected expected_;
  World world_;
};

/// The setting `timeout`, 10 s unless said; refused below 100 ms and above a minute.
Duration timeout_of(const Settings& settings);

}  // namespace signalbox::connectors
