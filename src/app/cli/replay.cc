#include "app/cli/replay.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "app/cli/witness.h"
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

/// Nobody hears the core.
class Silence final : public Surroundings {
 public:
  void hand_out(const outbox::Job& /*job*/) override {}
  Limits limits(const std::string& /*account*/) override { return {}; }
  std::uint64_t random() override { return 0; }
};

/// A track being read, one interval after the other.
class Reader {
 public:
  /// `silence`: after so long without requests, nothing changes until the next ones; `lead`: so
  /// long before those, readings of none begin to count again.
  Reader(const Track& track, Duration silence, Duration lead)
      : track_(track), silence_(silence), lead_(lead), next_(track.intervals.begin()) {
    if (next_ != track.intervals.end()) begins_ = next_->first;
  }

  /// When the next reading is made; nullopt at the end.
  std::optional<Time> due() const {
    if (next_ == track_.intervals.end()) return std::nullopt;
    return begins_ + track_.every;
  }

  Reading take() {
    Reading reading;
    reading.source = track_.source;
    reading.service = track_.service;
    reading.instant = begins_ + track_.every;
    if (next_->first == begins_) {
      reading.good = next_->second.good;
      reading.total = next_->second.total;
      last_ = begins_;
      ++next_;
    }
    begins_ += track_.every;
    step_over_silence();
    return reading;
  }

 private:
  void step_over_silence() {
    if (next_ == track_.intervals.end() || begins_ - last_ < silence_) return;
    const auto intervals = lead_ / track_.every + 1;
    begins_ = std::max(begins_, next_->first - intervals * track_.every);
  }

  const Track& track_;
  Duration silence_;
  Duration lead_;
  std::map<Time, Sums>::const_iterator next_;
  Time begins_{};
  Time last_{};
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

/// Notes what an event changed and what it says.
struct Notes {
  const board::Board& board;
  Replayed& all;

  void take(const Event& event) const {
    if (const auto* changed = std::get_if<MeasuredChanged>(&event.what)) {
      const Measurement& now = changed->now;
      all.changes.push_back(
          {event.at, changed->service, changed->before, now.state, now.good, now.total});
    }
    const auto* spoke = std::get_if<MachineSpoke>(&event.what);
    if (spoke == nullptr || !spoke->told) return;
    const SnapshotPtr newest = board.newest();
    const Announcement& words = spoke->announcement;
    all.announcements.push_back({event.at,
                                 announce::compose(words, Limits{}, newest ? *newest : Snapshot{}),
                                 words.audience});
  }
};

void hand_in(Core& core, std::vector<Reader>& readers, Time now) {
  std::map<std::string, connectors::Measured> by_source;
  for (Reader& reader : readers) {
    if (reader.due() != now) continue;
    Reading reading = reader.take();
    by_source[reading.source].readings.push_back(std::move(reading));
  }
  for (const auto& [source, measured] : by_source) {
    core.take_readings(source, measured, std::nullopt, [](const Status& /*kept*/) {});
  }
}

}  // namespace

Result<Replayed> replay(Plan plan, const std::vector<Track>& tracks) {
  Replayed all;
  std::vector<Reader> reading = readers(plan, tracks);
  const auto first = earliest(reading);
  if (!first) return all;
  plan.accounts.clear();
  const Duration under_way = plan.habits.group_wait + std::chrono::seconds(1);
  SetClock clock(*first);
  board::Board board;
  const Notes notes{board, all};
  Witness witness([&](const Event& event) { notes.take(event); });
  Silence nobody;
  Core core(witness, clock, board, nobody, std::move(plan));
  if (const Status began = core.start(); !began) return began.error();
  for (auto next = first; next; next = earliest(reading)) {
    pass_time(core, clock, *next);
    clock.set(*next);
    core.tick();
    hand_in(core, reading, *next);
    core.commit();
  }
  pass_time(core, clock, clock.now() + under_way);
  return all;
}

}  // namespace signalbox::app
