#include "connectors/graphite/render.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "connectors/json.h"

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

namespace {

/// Whether points from `from` up to `to` are still to be written.
bool awaits(const Series& series, std::int64_t from, std::int64_t to) {
  const std::int64_t newest = series.newest().value_or(from - 1);
  return std::ranges::any_of(series.points, [&](const Series::Point& point) {
    return point.at >= from && point.at < to && !point.number && point.at > newest;
  });
}

Bucket growth_of_one(const Series& series, std::int64_t from, std::int64_t to) {
  if (awaits(series, from, to)) return {Bucket::What::pending, 0};
  std::optional<double> last;
  Bucket bucket;
  for (const Series::Point& point : series.points) {
    if (!point.number || point.at >= to) continue;
    if (point.at < from) {
      bucket.what = Bucket::What::unknown;
    } else if (!last) {
      return {};
    } else {
      bucket.what = Bucket::What::counted;
      bucket.number += *point.number >= *last ? *point.number - *last : *point.number;
    }
    last = point.number;
  }
  return bucket;
}

using OfOne = Bucket (*)(const Series&, std::int64_t from, std::int64_t to);

Bucket of_all(const Target& target, std::int64_t from, std::int64_t to, std::int64_t patience,
              OfOne of_one) {
  Bucket all;
  for (const Series& series : target) {
    const Bucket one = of_one(series, from, to);
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

}  // namespace

Bucket count(const Target& target, std::int64_t from, std::int64_t to, std::int64_t patience) {
  return of_all(target, from, to, patience, count_one);
}

Bucket grown(const Target& target, std::int64_t from, std::int64_t to, std::int64_t patience) {
  return of_all(target, from, to, patience, growth_of_one);
}

/// Graphite leaves out the point at `from` itself, so it is asked from a second before. Its own
/// cache may be a minute old: it is not asked.
Task<Result<Target>> render(Server& server, std::string target, std::int64_t from,
                            std::int64_t to) {
  const net::Parameters query{{"target", std::move(target)},
                              {"format", "json"},
                              {"from", std::to_string(from - 1)},
                              {"until", std::to_string(to)},
                              {"noCache", "1"}};
  auto body = co_await server.ask(server.get("/render", query), kPlace);
  if (!body) co_return body.error();
  co_return read_target(*body);
}

}  // namespace signalbox::connectors::graphite
