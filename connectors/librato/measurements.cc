#include "connectors/librato/measurements.h"

#include <nlohmann/json.hpp>

#include "connectors/json.h"

namespace signalbox::connectors::librato {
namespace {

using nlohmann::json;

constexpr std::string_view kPlace = "librato: metric";
/// A page holds a hundred measurements or more; an hour of minutes needs one.
constexpr int kMostPages = 20;

std::string seconds(Time t) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count());
}

Time end_of_interval(long long begin, Duration every) {
  const Time t{std::chrono::seconds(begin)};
  return t - t.time_since_epoch() % every + every;
}

Result<Numbers> with_source(Numbers numbers, const json& measured, std::string_view field,
                            Duration every) {
  if (!measured.is_array()) return misshapen(kPlace);
  for (const json& one : measured) {
    const json& at_time = at(one, "measure_time");
    if (!at_time.is_number_integer()) return misshapen(kPlace);
    const json& number = at(one, field);
    if (!number.is_number()) {
      return invalid(std::string(kPlace) + ": measurements have no `" + std::string(field) +
                     "`: set field to count, sum, value or delta");
    }
    numbers[end_of_interval(at_time.get<long long>(), every)] += number.get<double>();
  }
  return numbers;
}

}  // namespace

Result<Page> read_page(std::string_view body, std::string_view field, Duration every) {
  const json answer = json::parse(body, nullptr, false);
  if (answer.is_discarded()) return corrupt(std::string(kPlace) + ": the answer is not JSON");
  const json& measured = at(answer, "measurements");
  if (!measured.is_object()) return misshapen(kPlace);
  Page page;
  for (const auto& [source, list] : measured.items()) {
    auto more = with_source(std::move(page.numbers), list, field, every);
    if (!more) return more.error();
    page.numbers = std::move(*more);
  }
  const long long next = number_at(at(answer, "query"), "next_time");
  if (next > 0) page.next_time = std::to_string(next);
  return page;
}

Task<Result<Numbers>> measurements(Server& server, Metric metric, Time from, Time until,
                                   Duration every) {
  Numbers all;
  std::string start = seconds(from);
  for (int n = 0; n < kMostPages; ++n) {
    net::Parameters query{
        {"resolution", "60"}, {"start_time", start}, {"end_time", seconds(until)}};
    if (!metric.of.empty()) query.emplace_back("source", metric.of);
    auto response =
        co_await server.send(server.get("/v1/metrics/" + net::percent_encode(metric.name), query));
    if (!response) co_return response.error();
    if (response->status == 404) co_return all;
    if (response->status < 200 || response->status > 299) {
      co_return server.refused(*response, kPlace);
    }
    auto page = read_page(response->body, metric.field, every);
    if (!page) co_return page.error();
    for (const auto& [instant, number] : page->numbers) all[instant] += number;
    if (page->next_time.empty()) co_return all;
    start = page->next_time;
  }
  co_return corrupt(std::string(kPlace) + ": the answer has no last page");
}

}  // namespace signalbox::connectors::librato
