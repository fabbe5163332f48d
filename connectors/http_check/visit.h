// One try of an http check: the request, the redirects it is to follow, and a look at the
// certificates on the way.
#pragma once

#include <optional>
#include <string>

#include "connectors/check.h"
#include "connectors/http_check/asked.h"

namespace signalbox::connectors::http_check {

/// Follows at most as many redirects as asked for, all within the one timeout. More, and those that
/// must not be followed, are failed tries.
class Visit final : public Attempt {
 public:
  Visit(Asked asked, World world) : asked_(std::move(asked)), world_(world) {}

  Task<Result<Found>> once() override;

 private:
  Found ended(const Result<net::Response>& answer, const net::Request& request) const;
  std::optional<Notice> about_certificate(const net::Response& answer, const net::Request& request);
  std::string without_secrets(std::string line) const;

  Asked asked_;
  World world_;
  std::optional<Time> told_of_;  ///< the end of the certificate that staff was told of last
};

}  // namespace signalbox::connectors::http_check
