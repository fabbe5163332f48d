#include "connectors/cloudwatch/api.h"

#include "base/text.h"
#include "connectors/cloudwatch/tree.h"
#include "net/backoff.h"

namespace signalbox::connectors::cloudwatch {
namespace {

constexpr std::string_view kPlace = "cloudwatch: GetMetricData";
/// An hour of five metrics fits one; more is a far side that never ends.
constexpr int kMostPages = 10;

/// `arn:aws:…:loadbalancer/app/x/1` is `app/x/1`; what is no ARN stays.
std::string_view after(std::string_view text, std::string_view mark) {
  const std::size_t found = text.find(mark);
  return found == std::string_view::npos ? text : text.substr(found + mark.size());
}

net::Parameters question(const Place& place, Time from, Time until, Duration every,
                         const std::string& next_token) {
  net::Parameters form{{"Action", "GetMetricData"},
                       {"Version", "2010-08-01"},
                       {"StartTime", iso_seconds(from)},
                       {"EndTime", iso_seconds(until)},
                       {"ScanBy", "TimestampAscending"}};
  for (std::size_t i = 0; i < place.metrics.size(); ++i) {
    const std::string one = "MetricDataQueries.member." + std::to_string(i + 1) + ".";
    const std::string stat = one + "MetricStat.";
    form.emplace_back(one + "Id", "m" + std::to_string(i + 1));
    form.emplace_back(stat + "Stat", "Sum");
    form.emplace_back(
        stat + "Period",
        std::to_string(every / std::chrono::duration_cast<Duration>(std::chrono::seconds(1))));
    form.emplace_back(stat + "Metric.Namespace", place.name_space);
    form.emplace_back(stat + "Metric.MetricName", place.metrics[i]);
    for (std::size_t n = 0; n < place.dimensions.size(); ++n) {
      const std::string of = stat + "Metric.Dimensions.member." + std::to_string(n + 1) + ".";
      form.emplace_back(of + "Name", place.dimensions[n].first);
      form.emplace_back(of + "Value", place.dimensions[n].second);
    }
  }
  if (!next_token.empty()) form.emplace_back("NextToken", next_token);
  return form;
}

Result<Metrics> with_series(Metrics metrics, const Series& series, Duration every) {
  if (series.status == "Forbidden") return unauthorized(std::string(kPlace) + ": forbidden");
  if (series.status == "InternalError") {
    return unavailable(std::string(kPlace) + ": Amazon's data are not whole");
  }
  if (series.id.empty() || series.times.size() != series.values.size()) return no_answer(kPlace);
  for (std::size_t i = 0; i < series.times.size(); ++i) {
    metrics[series.id][series.times[i] + every] += series.values[i];
  }
  return metrics;
}

Metrics by_name(const Metrics& by_id, const Place& place) {
  Metrics named;
  for (std::size_t i = 0; i < place.metrics.size(); ++i) {
    const auto found = by_id.find("m" + std::to_string(i + 1));
    if (found != by_id.end()) named[place.metrics[i]] = found->second;
  }
  return named;
}

}  // namespace

Place place_of(std::string_view load_balancer, std::string_view target_group) {
  const std::string_view name = after(load_balancer, ":loadbalancer/");
  Place place{"AWS/ApplicationELB", {{"LoadBalancer", std::string(name)}}, {"RequestCount"}};
  if (!target_group.empty()) {
    const auto group = "targetgroup/" + std::string(after(target_group, "targetgroup/"));
    place.dimensions.emplace_back("TargetGroup", group);
    place.metrics.emplace_back("HTTPCode_Target_5XX_Count");
  } else if (name.find('/') != std::string_view::npos) {
    for (const char* metric : {"HTTPCode_Target_5XX_Count", "HTTPCode_ELB_5XX_Count",
                               "HTTPCode_ELB_500_Count", "HTTPCode_ELB_503_Count"}) {
      place.metrics.emplace_back(metric);
    }
  } else {
    place.name_space = "AWS/ELB";
    place.dimensions.front().first = "LoadBalancerName";
    place.metrics.emplace_back("HTTPCode_Backend_5XX");
    place.metrics.emplace_back("HTTPCode_ELB_5XX");
  }
  return place;
}

Result<Page> read_page(std::string_view body, Duration every) {
  auto tree = read_tree(body);
  if (!tree) return tree.error();
  Page page;
  page.next_token = tree->next_token;
  for (const Series& series : tree->series) {
    auto more = with_series(std::move(page.metrics), series, every);
    if (!more) return more.error();
    page.metrics = std::move(*more);
  }
  return page;
}

Error refusal(const net::Response& response, Time now) {
  const Fault fault = read_fault(response.body);
  const std::string what =
      std::string(kPlace) + ": " + fault.code + ": " + shorten(one_line(fault.message), 200);
  const bool throttled = fault.code.starts_with("Throttling") ||
                         fault.code == "RequestLimitExceeded" || fault.code == "LimitExceeded";
  if (throttled) return rate_limited(what, net::retry_after(response, now));
  if (response.status == 400 && !fault.code.empty()) return invalid(what);
  Error error = net::refusal(response, kPlace, now);
  if (!fault.code.empty()) error.what += " (" + fault.code + ")";
  return error;
}

Task<Result<Metrics>> metrics(Server& server, const net::AwsKeys& keys, Place place, Time from,
                              Time until, Duration every) {
  Metrics all;
  std::string next_token;
  for (int n = 0; n < kMostPages; ++n) {
    net::Request request = server.post("/", question(place, from, until, every, next_token));
    net::Request ready = net::signed_v4(std::move(request), keys, server.now());
    auto response = co_await server.send(std::move(ready));
    if (!response) co_return response.error();
    if (response->status < 200 || response->status > 299) {
      co_return refusal(*response, server.now());
    }
    auto page = read_page(response->body, every);
    if (!page) co_return page.error();
    for (auto& [id, numbers] : page->metrics) all[id].merge(numbers);
    if (page->next_token.empty()) co_return by_name(all, place);
    next_token = page->next_token;
  }
  co_return corrupt(std::string(kPlace) + ": the answer has no last page");
}

}  // namespace signalbox::connectors::cloudwatch
