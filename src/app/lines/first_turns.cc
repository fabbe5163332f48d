#include "app/lines/first_turns.h"

#include <map>
#include <string>

#include "schedule/rhythm.h"

namespace signalbox::app {

std::vector<SteadyTime> first_turns(const std::vector<SourceWork>& checks, const Clock& clock) {
  // One instant for all: making ten thousand checks takes longer than a step.
  const Time now = clock.now();
  const SteadyTime steady = clock.steady();
  std::map<Duration, std::vector<std::string>> names;
  for (const SourceWork& check : checks) names[check.setup.every].push_back(check.setup.id);
  std::map<Duration, std::vector<Duration>> places;
  for (const auto& [every, of_interval] : names) {
    places[every] = schedule::beats(every, of_interval);
  }
  std::map<Duration, std::size_t> next;
  std::vector<SteadyTime> turns;
  for (const SourceWork& check : checks) {
    const Duration every = check.setup.every;
    turns.push_back(schedule::first_beat(every, places[every][next[every]++], now, steady));
  }
  return turns;
}

}  // namespace signalbox::app
