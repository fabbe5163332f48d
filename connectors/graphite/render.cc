#include "connectors/graphite/render.h"

#include <nlohmann/json.hpp>

#include "connectors/json.h"
#include "net/backoff.h"
#include "net/url.h"

namespace signalbox::connectors::graphite {
namespace {

using nlohmann::json;

constexpr std::string_view kPlace = "graphite: render";

/// `[value|null, epoch]`, the value first.
std::optional<Series::Point> read_point(const json& pair) {
  if (!pair.is_array() || pair.size() != 2 || !pair[1].is_number_integer()) return std::nullopt;
  if (pair[0].is_null()) return Series::Point{pair[1].get<std::int64_t>(), std::nullopt};
  if (!pair[0].is_number()) return std::nullopt;
  return Series::Point{pair[1].get<std::int64_t>(), pair[0].get<double>()};
}

}  // namespace

std::optional<std::int64_t> Series::newest() const {
  for (auto point = points.rbegin(); point != points.rend(); ++point) {
    if (point->number) return point->at;
  }
  return std::nullopt;
}

Result<Target> read_target(std::string_view body) {
  const json answer = json::parse(body, nullptr, false);
  if (answer.is_discarded()) return corrupt(std::string(kPlace) + ": the answer is not JSON");
  if (!answer.is_array()) return misshapen(kPlace);
  Target target;
  for (const json& one : answer) {
    const json& points = at(one, "datapoints");
    if (!points.is_array()) return misshapen(kPlace);
    Series& series = target.emplace_back();
    for (const json& pair : points) {
      const auto point = read_point(pair);
      if (!point) return misshapen(kPlace);
      series.points.push_back(*point);
    }
  }
  return target;
}

namespace {

Bucket count_one(const Series& series, std::int64_t from, std::int64_t to) {
  const auto newest = series.newest();
  Bucket bucket;
  for (const Series::Point& point : series.points) {
    if (point.at < from || point.at >= to) continue;
    if (point.number) {
      if (bucket.what == Bucket::What::absent) bucket.what = Bucket::What::counted;
      bucket.number += *point.number;
    } else if (newest && *newest > point.at) {
      return {Bucket::What::unknown, 0};
    } else {
      return {Bucket::What::pending, 0};
    }
  }
  return bucket;
}

}  // namespace

bool went_on(const Target& target, std::int64_t past) {
  for (const Series& series : target) {
    if (series.newest().value_or(past) > past) return true;
  }
  return false;
}

bool reaches(const Target& target, std::int64_t to) {
  for (const Series& series : target) {
    const auto& points = series.points;
    if (points.size() < 2) return true;  // no step to judge by
    const std::int64_t step = points.back().at - points[points.size() - 2].at;
    if (points.back().at + step >= to) return true;
  }
  return target.empty();
}

Bucket count(const Target& target, std::int64_t from, std::int64_t to, std::int64_t patience) {
  Bucket all;
  for (const Series& series : target) {
    const Bucket one = count_one(series, from, to);
    switch (one.what) {
      case Bucket::What::absent:
        break;
      case Bucket::What::unknown:
        return one;
      case Bucket::What::pending:
        if (!went_on(target, to + patience)) return one;
        break;
      case Bucket::What::counted:
        all.what = Bucket::What::counted;
        all.number += one.number;
        break;
    }
  }
  return all;
}

Api::Api(std::string base_url, net::Headers sign_in, Duration timeout, World world)
    : base_url_(std::move(base_url)),
      sign_in_(std::move(sign_in)),
      timeout_(timeout),
      world_(world) {
  while (base_url_.ends_with('/')) base_url_.pop_back();
}

/// Graphite leaves out the point at `from` itself, so it is asked from a second before. Its own
/// cache may be a minute old: it is not asked.
Task<Result<Target>> Api::render(std::string target, std::int64_t from, std::int64_t to) {
  const net::Parameters query{{"target", std::move(target)},
                              {"format", "json"},
                              {"from", std::to_string(from - 1)},
                              {"until", std::to_string(to)},
                              {"noCache", "1"}};
  net::Request request;
  request.url = net::with_query(base_url_ + "/render", query);
  request.headers = sign_in_;
  request.timeout = timeout_;
  auto response = co_await world_.http.send(std::move(request));
  if (!response) co_return response.error();
  if (response->status < 200 || response->status > 299) {
    co_return net::refusal(*response, kPlace, world_.clock.now());
  }
  co_return read_target(response->body);
}

}  // namespace signalbox::connectors::graphite
