#include <algorithm>
#include <cmath>
#include <utility>

#include "availability/availability.h"
#include "availability/hysteresis.h"
#include "availability/window.h"

namespace signalbox::availability {
namespace {

constexpr std::size_t kMostReadings = 8192;
constexpr Duration kLeastPatience = std::chrono::minutes(3);

/// What a source or a check says, and how long that is to be believed.
struct Verdict {
  Measurement said;
  Duration stale_after;
};

bool makes_sense(const Reading& r) {
  return std::isfinite(r.good) && std::isfinite(r.total) && r.good >= 0 && r.good <= r.total;
}

/// Puts `reading` where its instant belongs, in the place of the one of its source and instant.
void put(std::vector<Reading>& readings, const Reading& reading) {
  auto place = std::ranges::lower_bound(readings, reading.instant, {}, &Reading::instant);
  const auto first = place;
  for (; place != readings.end() && place->instant == reading.instant; ++place) {
    if (place->source != reading.source) continue;
    *place = reading;
    return;
  }
  readings.insert(first, reading);
  if (readings.size() > kMostReadings) {
    readings.erase(readings.begin(), readings.begin() + kMostReadings / 4);
  }
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
  put(reading.check ? tries_ : readings_, reading);
}

void Judge::keep_quiet(std::vector<Quiet> windows) { quiet_ = std::move(windows); }

void Judge::resume(const Measurement& last) {
  newest_ = last.at;
  if (last.reason.starts_with("check_") || last.state == State::unknown) return;
  requests_.level = last.state;
  requests_.shown = last;
  requests_.evaluated = last.at;
  requests_.floor = last.at - thresholds_.better_after;
}

bool Judge::quiet(Time instant) const {
  return std::ranges::any_of(
      quiet_, [&](const Quiet& q) { return q.from <= instant && instant < q.until; });
}

std::vector<Reading> Judge::loud(std::span<const Reading> readings) const {
  std::vector<Reading> kept;
  kept.reserve(readings.size());
  std::ranges::copy_if(readings, std::back_inserter(kept),
                       [&](const Reading& r) { return !quiet(r.instant); });
  return kept;
}

void Judge::forget(Time now) {
  const Duration kept = std::max({kFarthest, thresholds_.window, thresholds_.better_after});
  const auto useless = [&](const Reading& r) {
    return r.instant > now + kAhead || now - r.instant > kept + interval_;
  };
  // What is too old counts for nothing, so it goes in batches; what is ahead goes at once.
  const bool due = !readings_.empty() && (readings_.back().instant > now + kAhead ||
                                          now - readings_.front().instant > kept + kept / 4);
  if (due) std::erase_if(readings_, useless);
  std::erase_if(tries_, useless);
  if (requests_.evaluated && *requests_.evaluated > now + kAhead) {
    requests_.evaluated = now;
    requests_.evaluations.clear();
    requests_.shown = {};
  }
  if (requests_.floor && *requests_.floor > now) requests_.floor = now;
  newest_ = std::min(newest_, now + kAhead);
}

void Judge::evaluate_requests() {
  if (readings_.empty()) return;
  newest_ = std::max(newest_, readings_.back().instant);
  if (requests_.evaluated && readings_.back().instant <= *requests_.evaluated) return;
  const std::vector<Reading> kept = quiet_.empty() ? std::vector<Reading>{} : loud(readings_);
  const std::span<const Reading> counted = quiet_.empty() ? readings_ : kept;
  auto next = counted.begin();
  if (requests_.evaluated) {
    next = std::ranges::upper_bound(counted, *requests_.evaluated, {}, &Reading::instant);
  }
  while (next != counted.end()) {
    const Time at = next->instant;
    next = std::ranges::upper_bound(next, counted.end(), at, {}, &Reading::instant);
    step(requests_, {counted.begin(), next}, thresholds_, interval_, at);
  }
}

void Judge::evaluate_tries(Time now) {
  for (const Reading& r : std::exchange(tries_, {})) {
    newest_ = std::max(newest_, r.instant);
    if (!quiet(r.instant)) weigh(checks_[r.source], r, rules_of(r.source), patience(r.source));
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
