// What an http check asks and expects, read from its settings.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/http_check/statuses.h"
#include "connectors/tries.h"

namespace signalbox::connectors::http_check {

/// One check's. Patterns are null where none is asked for.
struct Asked {
  net::Request request;
  int redirects = 0;  ///< how many are followed; with none, one is judged as it is
  bool to_http = false;
  std::vector<StatusRange> statuses;
  std::shared_ptr<const RE2> body;              ///< what it must match somewhere
  std::shared_ptr<const RE2> absent;            ///< what it must not
  std::optional<Duration> certificate_expires;  ///< a certificate that ends sooner is told
  std::vector<std::string> secrets;             ///< what no line for staff may hold
};

/// Mistakes are noted in `setup.settings`.
Asked read_asked(const SourceSetup& setup);

/// What an answer that is not a redirect to follow says of the service.
Grade judge(const Asked& asked, const net::Response& answer);

}  // namespace signalbox::connectors::http_check
