// What a dns check expects of a reply, and what a reply means for the service.
#pragma once

#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/dns_check/query.h"
#include "connectors/dns_check/records.h"
#include "connectors/tries.h"

namespace signalbox::connectors::dns_check {

/// Records in the form of records(). With neither, any record of the type will do.
struct Expected {
  std::vector<std::string> values;  ///< each of them must be there; others may
  std::vector<std::string> any;     ///< one of them must
};

/// Reads `expect.values` and `expect.any`.
Expected expected_values(const Settings& settings, const RecordType& type);

/// The grade of a reply. `own_server`: the operator named the server, whose silence or refusal is
/// then the service's failure; the system's resolver may fail for reasons of our own.
Found found_in(const Reply& reply, const RecordType& type, const Expected& expected,
               bool own_server);

}  // namespace signalbox::connectors::dns_check
