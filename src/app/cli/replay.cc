#include "app/cli/replay.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <utility>

#include "app/cli/calm.h"
#include "app/cli/nowhere.h"
#include "app/core/core.h"

namespace signalbox::app {

namespace {

constexpr Duration kLookedBack = std::chrono::hours(1);  // at most (rules, section 4)
constexpr Duration kShortestStep{5};                     // what is overdue does not stop the clock

class SetClock final : public Clock {
 public:
  explicit SetClock(Time now) : now_(now) {}
  Time now() const override { return now_; }
  SteadyTime steady() const override { return SteadyTime(now_.time_since_epoch()); }
  void set(Time now) { now_ = now; }

 private:
  Time now_;
};

/// A track being read, one interval after the other.
class Reader {
 public:
  /// `silence`: after so long without requests, nothing changes until the next ones; `lead`: so
  /// long before those, readings of none begin to count again.
  Reader(const Track& track, Duration silence, Duration lead)
      : track_(track), silence_(silence), lead_(lead), next_(track.intervals.first()) {
    if (next_) at_ = *next_;
  }

  /// When the next reading is made; nullopt at the end.
  std::optional<Time> due() const {
    if (!next_) return std::nullopt;
    return track_.intervals.begins(at_ + 1);
  }

  Reading take() {
    Reading reading;
    reading.source = track_.source;
    reading.service = track_.service;
    reading.instant = track_.intervals.begins(at_ + 1);
    if (*next_ == at_) {
      const auto counts = track_.intervals.at(at_);
      reading.good = counts.good;
      reading.total = counts.total;
      last_ = at_;
      next_ = track_.intervals.next(at_ + 1);
    }
    ++at_;
    step_over_silence();
    return reading;
  }

  /// Goes on with the first reading after `instant`.
  void skip_to(Time instant) {
    at_ = std::max(at_, track_.intervals.number(instant));
    last_ = at_;
    next_ = track_.intervals.next(at_);
  }

 private:
  void step_over_silence() {
    const Duration every = track_.intervals.every();
    if (!next_ || (at_ - last_) * every < silence_) return;
    at_ = std::max(at_, *next_ - lead_ / every - 1);
  }

  const Track& track_;
  Duration silence_;
  Duration lead_;
  std::optional<std::int64_t> next_;  // the next interval with requests
  std::int64_t at_ = 0;               // the interval whose reading is next
  std::int64_t last_ = 0;             // the last one with requests
};

std::vector<Reader> readers(const Plan& plan, const std::vector<Track>& tracks) {
  Duration lead{};
  Duration stale{};
  for (const Service& service : plan.services) {
    lead = std::max({lead, service.thresholds.window, service.thresholds.better_after});
    stale = std::max(stale, service.thresholds.stale_after);
  }
  std::vector<Reader> all;
  for (const Track& track : tracks) {
    all.emplace_back(track, 2 * (kLookedBack + lead + stale), lead);
  }
  return all;
}

std::optional<Time> earliest(const std::vector<Reader>& readers) {
  std::optional<Time> first;
  for (const Reader& reader : readers) {
    const auto due = reader.due();
    if (due && (!first || *due < *first)) first = due;
  }
  return first;
}

/// Lets the core do by itself what falls due before `until`.
void pass_time(Core& core, SetClock& clock, Time until) {
  for (;;) {
    const auto due = core.next_due();
    if (!due || *due > until) return;
    const Time now = std::max(*due, clock.now() + kShortestStep);
    if (now >= until) return;
    clock.set(now);
    core.tick();
    core.commit();
  }
}

/// Nobody hears the core: what an event changed and what it says is noted.
class Notes final : public Surroundings {
 public:
  /// Both outlive it.
  Notes(const board::Board& board, Replayed& all) : board_(board), all_(all) {}

  void hand_out(const outbox::Job& /*job*/) override {}
  Limits limits(const std::string& /*account*/) override { return {}; }
  std::uint64_t random() override { return 0; }

  void saw(const Event& event) override {
    if (const auto* changed = std::get_if<MeasuredChanged>(&event.what)) {
      const Measurement& now = changed->now;
      all_.changes.push_back(
          {event.at, changed->service, changed->before, now.state, now.good, now.total});
    }
    const auto* spoke = std::get_if<MachineSpoke>(&event.what);
    if (spoke == nullptr || !spoke->told) return;
    const SnapshotPtr newest = board_.newest();
    const Announcement& words = spoke->announcement;
    static const Snapshot kNothing;
    all_.announcements.push_back({event.at,
                                  announce::compose(words, Limits{}, newest ? *newest : kNothing),
                                  words.audience});
  }

 private:
  const board::Board& board_;
  Replayed& all_;
};

/// Everything due up to `now`.
void hand_in(Core& core, std::vector<Reader>& readers, Time now) {
  std::map<std::string, connectors::Measured> by_source;
  for (Reader& reader : readers) {
    for (auto due = reader.due(); due && *due <= now; due = reader.due()) {
      Reading reading = reader.take();
      by_source[reading.source].readings.push_back(std::move(reading));
    }
  }
  for (const auto& [source, measured] : by_source) {
    core.take_readings(source, measured, std::nullopt, [](const Status& /*kept*/) {});
  }
}

/// The services that are judged, and where they are calm.
class Calms {
 public:
  Calms(const Plan& plan, const std::vector<Track>& tracks) {
    for (const Service& service : plan.services) {
      if (!service.measured) continue;
      services_.push_back(service.id);
      short_enough_ = short_enough_ && Calm::short_enough(service.thresholds);
      settled_ = std::max({settled_, service.thresholds.window, service.thresholds.better_after});
      for (const Track& track : tracks) {
        if (track.service == service.id) calms_.emplace_back(track.intervals, service.thresholds);
      }
    }
  }

  /// Until when nothing happens, when all have been UP since `changed`: nullopt when that is not
  /// worth a leap.
  std::optional<Time> until(const Core& core, Time now, Time changed) const {
    if (!short_enough_ || now - changed < 2 * settled_ || !all_up(core)) return std::nullopt;
    Time end = Time::max();
    for (const Calm& calm : calms_) end = std::min(end, calm.until(now));
    if (const auto due = core.next_due()) end = std::min(end, *due - kShortestStep);
    if (end == Time::max() || end - now < Calm::kWorthALeap) return std::nullopt;
    return end;
  }

 private:
  bool all_up(const Core& core) const {
    return std::ranges::all_of(services_, [&](const std::string& service) {
      const auto entry = core.book().entries.find(service);
      return entry != core.book().entries.end() && entry->second.measured &&
             entry->second.measured->state == State::up;
    });
  }

  std::vector<std::string> services_;
  std::vector<Calm> calms_;
  bool short_enough_ = true;
  Duration settled_{};
};

/// Passes over a calm: the core is told of its last hour at once (of all of it, where it is
/// shorter), and finds all as it was.
void leap_to(Core& core, SetClock& clock, std::vector<Reader>& readers, Time end) {
  for (Reader& reader : readers) reader.skip_to(end - Calm::kTold);
  clock.set(end);
  hand_in(core, readers, end);
  core.tick();
  core.commit();
}

}  // namespace

Result<Replayed> replay(Plan plan, const std::vector<Track>& tracks, bool leap) {
  Replayed all;
  std::vector<Reader> reading = readers(plan, tracks);
  const auto first = earliest(reading);
  if (!first) return all;
  plan.accounts.clear();
  plan.past = Duration(0);
  plan.replayed = true;
  const Duration under_way = plan.habits.group_wait + std::chrono::seconds(1);
  const Calms calms(plan, tracks);
  SetClock clock(*first);
  board::Board board;
  Notes notes(board, all);
  Nowhere nowhere;
  Core core(nowhere, clock, board, notes, std::move(plan));
  if (const Status began = core.start(); !began) return began.error();
  for (auto next = first; next; next = earliest(reading)) {
    pass_time(core, clock, *next);
    clock.set(*next);
    core.tick();
    hand_in(core, reading, *next);
    core.commit();
    const Time changed = all.changes.empty() ? *first : all.changes.back().at;
    const auto end = leap ? calms.until(core, *next, changed) : std::nullopt;
    if (end) leap_to(core, clock, reading, *end);
  }
  pass_time(core, clock, clock.now() + under_way);
  return all;
}

}  // namespace signalbox::app
