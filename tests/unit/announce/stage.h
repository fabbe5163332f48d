// A board, a memory and a clock to let services fall and recover on.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "announce/announce.h"

namespace signalbox::announce {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline constexpr Time kStart{std::chrono::sys_days{std::chrono::year{2026} / 11 / 21} + hours(3)};

inline Measurement measured(State state, double good = 973, double total = 1000) {
  Measurement m;
  m.state = state;
  m.at = kStart;
  m.good = good;
  m.total = total;
  m.window = minutes(5);
  m.fresh = state != State::unknown;
  return m;
}

inline Snapshot board_of(const std::vector<std::string>& ids) {
  Snapshot board;
  for (const std::string& id : ids) {
    ServiceView v;
    v.id = v.name = id;
    v.standing.reason = "measured";
    board.services.push_back(v);
  }
  return board;
}

/// The part of the program around announce: keeps the ledger, asks for findings when they are due.
struct Stage {
  explicit Stage(const std::vector<std::string>& ids) : board(board_of(ids)) {}

  ServiceView& view(const std::string& id) {
    return *std::ranges::find(board.services, id, &ServiceView::id);
  }
  void staff_says(const std::string& id, State state) {
    Statement s;
    s.state = state;
    s.at = now;
    view(id).standing.stated = s;
  }
  void becomes(const std::string& id, State state, double good = 973, double total = 1000) {
    const auto& known = memory.services[id].now;
    const State before = known ? known->state : State::unknown;
    keep(MeasuredChanged{id, before, measured(state, good, total)});
  }
  void keep(auto what) {
    ledger.push_back({.seq = ledger.size() + 1, .at = now, .what = std::move(what)});
    apply(memory, ledger.back(), habits);
  }
  /// Time passes; whatever becomes due on the way is kept.
  void pass(Duration span) {
    const Time end = now + span;
    speak();
    while (const auto next = next_finding(memory, habits, board, now)) {
      if (*next > end) break;
      now = std::max(now, *next);
      speak();
    }
    now = end;
  }
  void speak() {
    for (MachineSpoke& spoke : findings(memory, habits, board, now)) {
      (spoke.told ? told : untold).push_back(spoke.announcement);
      keep(std::move(spoke));
    }
  }
  /// As after a crash: only the ledger is left.
  void restart() {
    memory = {};
    for (const Event& event : ledger) apply(memory, event, habits);
  }
  /// The lines told to followers, each without its time.
  std::vector<std::string> lines(Audience audience = Audience::followers_and_staff) const {
    std::vector<std::string> all;
    for (const Announcement& a : told) {
      if (a.audience != audience) continue;
      std::string line = compose(a, Limits{}, board);
      all.push_back(line.substr(0, line.rfind(" (")));
    }
    return all;
  }
  std::vector<std::string> reasons_untold() const {
    std::vector<std::string> all;
    for (const Announcement& a : untold) all.push_back(a.reason);
    return all;
  }

  Snapshot board;
  Habits habits;
  Memory memory;
  Time now = kStart;
  std::vector<Event> ledger;
  std::vector<Announcement> told;
  std::vector<Announcement> untold;
};

using Lines = std::vector<std::string>;

}  // namespace signalbox::announce
