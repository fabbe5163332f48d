#include <algorithm>
#include <cmath>
#include <utility>

#include "availability/availability.h"
#include "availability/hysteresis.h"
#include "availability/window.h"

namespace signalbox::availability {
namespace {

constexpr std::size_t kMostTries = 8192;
constexpr Duration kLeastPatience = std::chrono::minutes(3);

/// What a source or a check says, and how long that is to be believed.
struct Verdict {
  Measurement said;
  Duration stale_after;
};

bool makes_sense(const Reading& r) {
  return std::isfinite(r.good) && std::isfinite(r.total) && r.good >= 0 && r.good <= r.total;
}

/// Puts a try where its instant belongs, in the place of the one of its check and instant.
void put(std::vector<Reading>& tries, const Reading& attempt) {
  auto place = std::ranges::lower_bound(tries, attempt.instant, {}, &Reading::instant);
  const auto first = place;
  for (; place != tries.end() && place->instant == attempt.instant; ++place) {
    if (place->source != attempt.source) continue;
    *place = attempt;
    return;
  }
  tries.insert(first, attempt);
  if (tries.size() > kMostTries) tries.erase(tries.begin(), tries.begin() + kMostTries / 4);
}

bool fresh(const Measurement& m, Duration stale_after, Time now) {
  return m.at != Time{} && now - m.at < stale_after;
}

}  // namespace

Judge::Judge(Thresholds thresholds, Duration interval)
    : thresholds_(thresholds), interval_(std::max(interval, Duration(1))) {}

void Judge::expect_checks(std::map<std::string, CheckRules> rules) {
  check_rules_ = std::move(rules);
}

CheckRules Judge::rules_of(const std::string& check) const {
  const auto rules = check_rules_.find(check);
  return rules == check_rules_.end() ? CheckRules{} : rules->second;
}

Duration Judge::patience(const std::string& check) const {
  const auto rules = check_rules_.find(check);
  if (rules == check_rules_.end()) return thresholds_.stale_after;
  return std::max(kLeastPatience, 3 * rules->second.every);
}

void Judge::add(const Reading& reading) {
  if (!makes_sense(reading)) return;
  if (reading.check) {
    put(tries_, reading);
  } else {
    slim_.put(reading, within(quiet_, reading.instant));
  }
}

void Judge::keep_quiet(std::vector<Quiet> windows) {
  if (windows == quiet_) return;
  quiet_ = std::move(windows);
  slim_.mark(quiet_);
}

void Judge::resume(const Measurement& last) {
  newest_ = last.at;
  if (last.reason.starts_with("check_") || last.state == State::unknown) return;
  requests_.level = last.state;
  requests_.shown = last;
  requests_.evaluated = last.at;
  requests_.floor = last.at - thresholds_.better_after;
}

void Judge::forget(Time now) {
  const Duration kept = std::max({kFarthest, thresholds_.window, thresholds_.better_after});
  slim_.keep_within(now - kept - interval_, now + kAhead);
  std::erase_if(tries_, [&](const Reading& r) {
    return r.instant > now + kAhead || now - r.instant > kept + interval_;
  });
  if (requests_.evaluated && *requests_.evaluated > now + kAhead) {
    requests_.evaluated = now;
    requests_.evaluations.clear();
    requests_.shown = {};
  }
  if (requests_.floor && *requests_.floor > now) requests_.floor = now;
  newest_ = std::min(newest_, now + kAhead);
}

void Judge::evaluate_requests() {
  if (slim_.empty()) return;
  newest_ = std::max(newest_, slim_.newest());
  if (requests_.evaluated && slim_.newest() <= *requests_.evaluated) return;
  const Past all = slim_.all();
  // From the newest on: there are few new ones, and a search would fetch what nobody else needs.
  auto next = all.end();
  const auto is_new = [&](const SlimReading& reading) {
    return !requests_.evaluated || reading.instant > *requests_.evaluated;
  };
  while (next != all.begin() && is_new(*std::prev(next))) --next;
  const auto loud = [](const SlimReading& reading) { return !reading.quiet; };
  while ((next = std::find_if(next, all.end(), loud)) != all.end()) {
    const Time at = next->instant;
    next = std::ranges::upper_bound(next, all.end(), at, {}, &SlimReading::instant);
    step(requests_, {all.begin(), next}, thresholds_, interval_, at);
  }
}

void Judge::evaluate_tries(Time now) {
  for (const Reading& r : std::exchange(tries_, {})) {
    newest_ = std::max(newest_, r.instant);
    if (!within(quiet_, r.instant))
      weigh(checks_[r.source], r, rules_of(r.source), patience(r.source));
  }
  std::erase_if(checks_, [&](const auto& entry) {
    const Time seen = entry.second.seen;
    return now - seen > std::max(kFarthest, patience(entry.first)) || seen > now + kAhead;
  });
}

Measurement Judge::evaluate(Time now) {
  forget(now);
  evaluate_requests();
  evaluate_tries(now);
  std::vector<Verdict> verdicts;
  if (requests_.evaluated) verdicts.push_back({requests_.shown, thresholds_.stale_after});
  for (const auto& [source, memory] : checks_) {
    verdicts.push_back({said(memory, rules_of(source)), patience(source)});
  }
  fresh_until_.reset();
  Measurement worst;
  worst.at = newest_;
  worst.reason = newest_ == Time{} ? "no_reading" : "stale";
  for (auto& [m, stale_after] : verdicts) {
    if (!fresh(m, stale_after, now)) continue;
    const Time ends = m.at + stale_after;
    fresh_until_ = fresh_until_ ? std::min(*fresh_until_, ends) : ends;
    const bool first = !worst.fresh || (worst.state == State::unknown && m.state != worst.state);
    if (first || worse(m.state, worst.state)) worst = std::move(m);
  }
  return worst;
}

std::optional<Time> Judge::next_change() const { return fresh_until_; }

}  // namespace signalbox::availability
