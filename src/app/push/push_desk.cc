#include "app/push/push_desk.h"

#include <sodium.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/push/pairs.h"
#include "base/text.h"
#include "model/counted.h"

namespace signalbox::app {

namespace {

using nlohmann::json;
using web::LetterAnswer;

LetterAnswer refusal(int status, const std::string& what) {
  return {status,
          json{{"error", printable(what)}}.dump(-1, ' ', false, json::error_handler_t::replace)};
}

/// The token of `OAuth TOKEN` or `Bearer TOKEN`; "" for anything else.
std::string_view token_in(std::string_view authorization) {
  for (const std::string_view scheme : {"OAuth ", "Bearer "}) {
    if (equal_ignoring_case(authorization.substr(0, scheme.size()), scheme))
      return trim(authorization.substr(scheme.size()));
  }
  return "";
}

bool same(std::string_view given, const Secret& token) {
  const std::string& known = token.reveal();
  return !known.empty() && given.size() == known.size() &&
         sodium_memcmp(given.data(), known.data(), known.size()) == 0;
}

json shown(const Point& point) {
  return {{"timestamp", point.at.time_since_epoch().count() / 1000}, {"value", point.value}};
}

/// Of something at `at`: that it appears nowhere, and why; "" when it will.
std::string unseen(const std::string& service, Time at, const PushPlan& plan) {
  const auto start = plan.starts.find(service);
  if (start == plan.starts.end() || at >= start->second) return "";
  return "kept, but shown nowhere: " + service + " starts at " + iso_seconds(start->second) +
         " (`start`)";
}

/// As Statuspage answers: what was taken. Of a metric's own address a `note` says what it did not.
LetterAnswer accepted(const Submission& taken, const PushPlan& plan) {
  if (!taken.several) {
    json points = json::array();
    json answer;
    for (const Point& point : taken.points) {
      points.push_back(shown(point));
      const std::string note = unseen(plan.metrics.at(point.metric).service, point.at, plan);
      if (!note.empty()) answer["note"] = note;
    }
    answer["data"] = points.size() == 1 ? points[0] : points;
    return {201, answer.dump()};
  }
  json all = json::object();
  for (const Point& point : taken.points) all[point.metric].push_back(shown(point));
  return {202, all.dump()};
}

/// Good and total make readings; what is drawn is not summed.
bool counts(const Metric& metric) {
  return metric.kind == Metric::Kind::good || metric.kind == Metric::Kind::total;
}

std::string too_old(Duration kept, bool counted) {
  const std::string what = counted ? "readings" : "points that are drawn";
  return "older than the " + to_text(kept) + " that " + what + " are kept (`retention`)";
}

/// Why a point cannot be taken; "" when it can.
std::string why_not(const Point& point, const PushPlan& plan, Time now) {
  const auto metric = plan.metrics.find(point.metric);
  if (metric == plan.metrics.end()) return "there is no metric " + shorten(point.metric, 40);
  const bool counted = counts(metric->second);
  const Duration kept = counted ? plan.kept : plan.drawn;
  if (point.at < now - kept) return "timestamp is " + too_old(kept, counted);
  if (std::abs(point.value) <= (counted ? kMostCounted : DrawnPoint::kMost)) return "";
  return counted ? "value is beyond 10^11, more than can have been counted"
                 : "value is beyond 1e15, too far to be drawn";
}

std::string pairs_of(const std::string& service) { return "push\n" + service; }

/// What the readings' file holds under `of`; an error when it does not answer.
Result<std::string> recalled(Core& core, const std::string& of) {
  auto cursor = core.store().reading_cursor(of);
  if (!cursor) return cursor.error();
  return cursor->value_or("");
}

Status take(Core& core, const std::string& source, const connectors::Measured& measured,
            std::optional<store::Cursor> cursor) {
  Status kept = internal("the core did not answer");
  core.take_readings(source, measured, std::move(cursor), [&](const Status& done) { kept = done; });
  return kept;
}

/// One service's good and total points.
Status keep_pairs(Core& core, const std::string& service, const std::vector<Point>& points,
                  const PushPlan& plan) {
  const auto known = recalled(core, pairs_of(service));
  if (!known) return known.error();
  Pairs pairs = Pairs::read(*known);
  connectors::Measured measured;
  std::string source;
  for (const Point& point : points) {
    const Metric& metric = plan.metrics.at(point.metric);
    source = metric.source;
    const auto both = pairs.add(point.at, metric.kind == Metric::Kind::good, point.value);
    if (!both) continue;
    if (both->good < 0 || both->good > both->total) {
      measured.complaints.push_back(source + ": " + service +
                                    ": good is more than total, or negative");
      continue;
    }
    Reading reading;
    reading.source = source;
    reading.service = service;
    reading.instant = point.at;
    reading.good = both->good;
    reading.total = both->total;
    measured.readings.push_back(std::move(reading));
  }
  return take(core, source, measured, store::Cursor{pairs_of(service), pairs.write()});
}

}  // namespace

PushDesk::PushDesk(CoreLoop& loop, const Clock& clock, Secret control_token, PushPlan plan)
    : loop_(loop),
      clock_(clock),
      control_token_(std::move(control_token)),
      plan_(std::make_shared<const PushPlan>(std::move(plan))) {}

void PushDesk::adopt(PushPlan plan) {
  auto next = std::make_shared<const PushPlan>(std::move(plan));
  const std::lock_guard lock(mutex_);
  plan_ = std::move(next);
}

PushDesk::PlanPtr PushDesk::plan() const {
  const std::lock_guard lock(mutex_);
  return plan_;
}

bool PushDesk::takes(std::string_view path) const {
  return path.starts_with("/v1/") && metric_in(path) && !plan()->metrics.empty();
}

bool PushDesk::admits(std::string_view authorization) const {
  const PlanPtr now = plan();
  return same(token_in(authorization), now->token.empty() ? control_token_ : now->token);
}

void PushDesk::take(web::Letter letter, std::function<void(LetterAnswer)> reply) {
  const PlanPtr now = plan();
  const auto metric = metric_in(letter.path).value_or("");
  if (!metric.empty() && !now->metrics.contains(metric))
    return reply(refusal(404, "there is no metric " + shorten(metric, 40) + "; see `metrics`"));
  auto given = read_submission(metric, letter.content_type, letter.body, clock_.now());
  if (!given) return reply(refusal(422, given.error().what));
  for (const Point& point : given->points) {
    if (const std::string wrong = why_not(point, *now, clock_.now()); !wrong.empty())
      return reply(refusal(422, wrong));
  }
  if (waiting_->fetch_add(1) >= kMostWaiting) {
    waiting_->fetch_sub(1);
    return reply(refusal(503, "not accepted: too much is on its way; send it again"));
  }
  const bool posted = loop_.post([now, reply, waiting = waiting_, taken = *given](Core& core) {
    waiting->fetch_sub(1);
    const Status kept = keep(core, *now, taken.points);
    reply(kept ? accepted(taken, *now) : refusal(503, "not accepted: " + kept.error().what));
  });
  if (posted) return;
  waiting_->fetch_sub(1);
  reply(refusal(503, "not accepted: the core's queue is full; send it again"));
}

Status PushDesk::keep(Core& core, const PushPlan& plan, const std::vector<Point>& points) {
  std::map<std::string, std::vector<Point>> by_service;
  std::vector<DrawnPoint> drawn;
  for (const Point& point : points) {
    const Metric& metric = plan.metrics.at(point.metric);
    counts(metric) ? by_service[metric.service].push_back(point)
                   : drawn.push_back({point.metric, point.at, point.value});
  }
  for (const auto& [service, pairs] : by_service) {
    if (const Status kept = keep_pairs(core, service, pairs, plan); !kept) return kept;
  }
  return core.store().keep_points(drawn);
}

Result<std::vector<Reading>> PushDesk::check(std::string_view body) const {
  auto readings = read_readings(body, clock_.now());
  if (!readings) return readings;
  const PlanPtr now = plan();
  for (const Reading& one : *readings) {
    const std::string service = shorten(one_line(one.service), 40);
    if (!now->services.contains(one.service)) return invalid("there is no service " + service);
    const auto own = now->sources.find(one.service);
    if (own == now->sources.end())
      return invalid("service " + service + " is not measured by what is pushed; give it " +
                     "`availability` with a source of kind push");
    if (own->second != one.source)
      return invalid("source " + shorten(one_line(one.source), 40) + " does not measure " +
                     service + "; push as " + own->second);
    if (one.instant < clock_.now() - now->kept) return invalid("at is " + too_old(now->kept, true));
  }
  return readings;
}

std::string PushDesk::note(const std::vector<Reading>& readings) const {
  const PlanPtr now = plan();
  for (const Reading& one : readings) {
    std::string what = unseen(one.service, one.instant, *now);
    if (!what.empty()) return what;
  }
  return "";
}

Status PushDesk::keep(Core& core, const std::vector<Reading>& readings) {
  connectors::Measured measured;
  measured.readings = readings;
  return app::take(core, readings.empty() ? "push" : readings.front().source, measured,
                   std::nullopt);
}

}  // namespace signalbox::app
