// Readings on their way to a verdict: stored, judged, and turned into events where what they say
// has changed.
#include <algorithm>
#include <utility>

#include "app/core/core.h"
#include "base/log.h"

namespace signalbox::app {

namespace {

constexpr Duration kJudgedSpan =
    std::chrono::hours(2);  // an hour is looked back at most (rules, section 4), and a margin

constexpr Duration kForgetFor{3};
constexpr int kForgetCalls = 20;
constexpr std::size_t kForgetRows = 100;
constexpr Duration kForgetSoon{250};  // while there is more
constexpr Duration kForgetEvery = std::chrono::seconds(5);

std::vector<availability::Quiet> quiet_times(const Book& book, const std::string& service,
                                             Duration without_end) {
  std::vector<availability::Quiet> quiet;
  for (const Maintenance& maintenance : book.maintenances) {
    const auto& covered = maintenance.services;
    if (std::find(covered.begin(), covered.end(), service) == covered.end()) continue;
    Time end = maintenance.until.value_or(maintenance.from + without_end);
    if (maintenance.ended) end = std::min(end, *maintenance.ended);
    quiet.push_back({maintenance.from, end});
  }
  return quiet;
}

}  // namespace

void Core::make_judges() {
  judges_.clear();
  measured_.clear();
  soonest_ = Time::min();
  std::map<std::string, std::map<std::string, CheckRules>> rules;
  for (const auto& [check, one] : plan_.check_rules) {
    rules[check.substr(0, check.find('/'))].emplace(check, one);
  }
  service_at_.clear();
  for (std::size_t i = 0; i < plan_.services.size(); ++i) {
    service_at_[plan_.services[i].id] = i;
    if (plan_.services[i].measured)
      make_judge(plan_.services[i], std::move(rules[plan_.services[i].id]));
  }
}

void Core::make_judge(const Service& service, std::map<std::string, CheckRules> checks) {
  const auto every = plan_.intervals.find(service.id);
  const Duration interval =
      every == plan_.intervals.end() ? std::chrono::seconds(60) : every->second;
  auto& judge =
      judges_.emplace(service.id, availability::Judge(service.thresholds, interval)).first->second;
  judge.expect_checks(std::move(checks));
  const auto entry = book_.entries.find(service.id);
  if (entry != book_.entries.end() && entry->second.measured) judge.resume(*entry->second.measured);
}

Status Core::resume_readings() {
  const Status read = store_.each_reading(now_ - kJudgedSpan, [this](const Reading& reading) {
    const auto judge = judges_.find(reading.service);
    if (judge != judges_.end()) judge->second.add(reading);
  });
  return read ? read_figures() : read;
}

Status Core::read_figures() {
  auto read = Figures::read(
      [this](store::Grain grain, Time from) { return store_.sums(grain, from); }, now_);
  if (!read) return read.error();
  sums_ = std::move(*read);
  sums_in_doubt_ = false;
  return {};
}

// Whether a reading is inside a maintenance is said once, when it is kept, by its instant.
std::vector<Reading> Core::marked(std::span<const Reading> readings) const {
  std::map<std::string, std::vector<availability::Quiet>> quiet;
  std::vector<Reading> all(readings.begin(), readings.end());
  for (Reading& reading : all) {
    const auto [times, is_new] = quiet.try_emplace(reading.service);
    if (is_new)
      times->second = quiet_times(book_, reading.service, plan_.rules.maintenance_without_end);
    reading.quiet = std::ranges::any_of(times->second, [&](const availability::Quiet& time) {
      return time.from <= reading.instant && reading.instant < time.until;
    });
  }
  return all;
}

Result<std::vector<store::ServiceSums>> Core::keep(std::span<const Reading> readings,
                                                   const std::optional<store::Cursor>& cursor) {
  auto moved = book_.maintenances.empty() ? store_.keep_readings(readings, cursor)
                                          : store_.keep_readings(marked(readings), cursor);
  sums_in_doubt_ = sums_in_doubt_ || !moved;
  return moved;
}

void Core::take_readings(const std::string& source, const connectors::Measured& measured,
                         std::optional<store::Cursor> cursor, Done done) {
  now_ = clock_.now();
  if (const Status kept = take_in(measured.readings, cursor); !kept) return done(kept);
  if (measured.complaints.empty()) {
    trouble_over("source " + source);
  } else {
    complaints_ += static_cast<double>(measured.complaints.size());
    report_trouble("source " + source, measured.complaints.front());
  }
  done(Status());
}

Status Core::take_in(std::span<const Reading> readings,
                     const std::optional<store::Cursor>& cursor) {
  const auto moved = keep(readings, cursor);
  if (!moved) return moved.error();
  for (const store::ServiceSums& sums : *moved) sums_.add(sums);
  std::set<std::string> touched;
  for (const Reading& reading : readings) {
    const auto judge = judges_.find(reading.service);
    if (judge == judges_.end()) continue;
    judge->second.add(reading);
    touched.insert(reading.service);
  }
  for (const std::string& service : touched) evaluate(service);
  figures_changed_ = figures_changed_ || !touched.empty();
  return {};
}

void Core::evaluate(const std::string& service) {
  availability::Judge& judge = judges_.at(service);
  judge.keep_quiet(quiet_times(book_, service, plan_.rules.maintenance_without_end));
  Measurement now = judge.evaluate(now_);
  const auto entry = book_.entries.find(service);
  const bool known = entry != book_.entries.end() && entry->second.measured;
  const State before = known ? entry->second.measured->state : State::unknown;
  if (now.state != before) happen(Event{0, now_, MeasuredChanged{service, before, now}});
  measured_[service] = std::move(now);
  moved_.insert(service);
  if (const auto next = judge.next_change()) soonest_ = std::min(soonest_, *next);
}

// What only time changes is looked for when it can first have changed something.
void Core::evaluate_all() {
  if (now_ < soonest_ && now_ >= looked_) return;
  looked_ = now_;
  soonest_ = Time::max();
  for (const auto& [service, judge] : judges_) {
    const auto known = measured_.find(service);
    const auto next = judge.next_change();
    if (known == measured_.end() || (next && *next <= now_)) {
      evaluate(service);
    } else if (next) {
      soonest_ = std::min(soonest_, *next);
    }
  }
}

// A few rows at a time, and no longer than a post may wait.
void Core::forget_old() {
  if (now_ < forget_at_) return;
  const Retention& kept = plan_.retention;
  store::Horizon before{.readings = now_ - std::max(kept.readings, kJudgedSpan)};
  before.of(store::Grain::minute) = now_ - kept.minutes;
  before.of(store::Grain::hour) = now_ - kept.hours;
  if (kept.days) before.of(store::Grain::day) = now_ - *kept.days;
  const SteadyTime until = clock_.steady() + kForgetFor;
  bool more = true;
  for (int calls = 0; more && calls < kForgetCalls && clock_.steady() < until; ++calls) {
    const auto gone = store_.forget(before, kForgetRows);
    if (!gone) log::warning(gone.error().what);
    more = gone && *gone > 0;
  }
  forget_at_ = now_ + (more ? kForgetSoon : kForgetEvery);
}

}  // namespace signalbox::app
