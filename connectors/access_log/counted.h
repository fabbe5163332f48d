// Lines on their way to readings: counted by service and instant, what nobody can read counted too.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/access_log/rules.h"
#include "connectors/connector.h"

namespace signalbox::connectors::access_log {

/// What came since it was made.
class Counted {
 public:
  /// `rules` outlives it.
  explicit Counted(Rules& rules) : rules_(&rules) {}

  /// Counts one line. `instant_of(Time)` tells to which reading a line written then belongs; it is
  /// given Time{} for a line without a time.
  template <typename InstantOf>
  void take(std::string_view text, const InstantOf& instant_of) {
    const auto line = read(text);
    if (!line) return;
    std::vector<Counts>& counts = at(instant_of(line->time));
    rules_->each(*line, [&](std::size_t i, Outcome outcome) { counts[i].add(*line, outcome); });
  }
  /// There is a reading at `instant`, even when nobody asked for anything.
  void nothing_at(Time instant) { at(instant); }
  /// What was counted at `from` belongs to `to`.
  void move(Time from, Time to);

  /// The readings, oldest first, and a complaint about lines that could not be read. No cursor.
  Measured measured(const std::string& source) const;

 private:
  /// One service's requests, and how long those took that say so.
  struct Counts {
    Tally tally;
    Latencies latencies;

    void add(const Line& line, Outcome outcome);
  };

  std::optional<Line> read(std::string_view text);
  std::vector<Counts>& at(Time instant);

  Rules* rules_;
  std::map<Time, std::vector<Counts>> all_;
  std::size_t unreadable_ = 0;
  std::string first_unreadable_;
};

/// Foreign text, safe and short enough for a complaint.
std::string printed(std::string_view text);

}  // namespace signalbox::connectors::access_log
