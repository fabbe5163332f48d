// What all checks share: a poll of one or more tries, graded as good, trouble, failed, or no
// evidence at all (rules, section 4).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "connectors/connector.h"
#include "connectors/tries.h"
#include "net/http.h"

namespace signalbox::connectors {

/// One way of asking a service whether it works. Calls run one at a time on the net thread.
class Attempt {
 public:
  virtual ~Attempt() = default;
  /// Tries once. An error is a try that could not be made at all: what the settings ask for is
  /// impossible.
  virtual Task<Result<Found>> once() = 0;
};

/// A check tries once a poll, or as `tries` says, and gives one Reading with its grade and how long
/// the answer took. The cursor means nothing to it. A good answer that took longer than
/// `slow_after` is ISSUE.
///
/// No answer within the time allowed, a refused connection or certificate, and an answer that makes
/// no sense are failed tries. A failure that may be our own (net::kMaybeOurs) is no try: it gives
/// no reading and a complaint, so that a service is never DOWN for our resolver, route or queue,
/// but UNKNOWN when that lasts.
class Check final : public Meter {
 public:
  using Expected = std::function<Grade(const net::Response&)>;

  /// `setup.questions` holds exactly the one service that is checked.
  Check(const SourceSetup& setup, std::unique_ptr<Attempt> attempt, World world);
  /// One request a try.
  Check(const SourceSetup& setup, net::Request request, Expected expected, World world);
  Task<Result<Measured>> poll(std::string cursor) override;

 private:
  Measured measured(Found found, std::vector<Notice> notices) const;

  std::string source_;
  std::string service_;
  std::unique_ptr<Attempt> attempt_;
  TryRules rules_;
  std::optional<Duration> slow_after_;
  World world_;
};

/// The setting `timeout`, 10 s unless said; refused below 100 ms and above a minute.
Duration timeout_of(const Settings& settings);

/// What the answer to `request` means, or that there was none.
Found found_in(const Result<net::Response>& answer, const net::Request& request,
               const Check::Expected& expected);
/// What failed, without its address: "no answer in the time allowed".
std::string what_failed(const Error& error, const net::Request& request);

}  // namespace signalbox::connectors
