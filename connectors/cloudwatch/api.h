// Amazon CloudWatch's GetMetricData: the sums of one load balancer's metrics, an interval each.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "connectors/query_source.h"
#include "connectors/server.h"
#include "net/sigv4.h"

namespace signalbox::connectors::cloudwatch {

/// What a load balancer's metrics are kept under.
struct Place {
  std::string name_space;  ///< "AWS/ApplicationELB", or "AWS/ELB" of classic ones
  net::Parameters dimensions;
  std::vector<std::string> metrics;
};
/// Where `load_balancer` (`app/NAME/ID`, its ARN, or a classic one's name), or one target group
/// behind it (`targetgroup/NAME/ID` or its ARN; "" for all), is counted.
Place place_of(std::string_view load_balancer, std::string_view target_group);

/// Sums of each metric by the end of the interval; a metric without any is not there.
using Metrics = std::map<std::string, Numbers>;
/// One page of an answer, XML (or JSON, where a far side prefers it).
struct Page {
  Metrics metrics;         ///< by the id asked with: "m1" is the first metric of Place
  std::string next_token;  ///< "" on the last page
};
/// Reads a page. Corrupt: it is none, or cut off. Unavailable: Amazon says its data are not whole.
Result<Page> read_page(std::string_view body, Duration every);

/// What an answer other than 2xx means: throttling is rate_limited, though Amazon says 400.
Error refusal(const net::Response& response, Time now);

/// The metrics of `place`, by name, in the intervals from `from` to `until`, all pages.
Task<Result<Metrics>> metrics(Server& server, const net::AwsKeys& keys, Place place, Time from,
                              Time until, Duration every);

}  // namespace signalbox::connectors::cloudwatch
