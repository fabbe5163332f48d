#include "web/charts/strip.h"

#include <array>
#include <cmath>

#include "web/charts/words.h"

namespace signalbox::web::charts {
namespace {

using std::chrono::days;
constexpr std::size_t kMostNamed = 4;

/// A kind of bar: its place in kKinds is the order of the paths.
struct Kind {
  std::string_view css_class;
  long middle;  ///< of the bar's height, from the top; the style has the height
};
constexpr std::array<Kind, 6> kKinds = {
    {{"up", 20}, {"issue", 17}, {"down", 14}, {"maint", 20}, {"unknown", 24}, {"none", 27}}};
constexpr std::size_t kNone = 5;

std::size_t kind_of(State state) {
  switch (state) {
    case State::up:
      return 0;
    case State::issue:
      return 1;
    case State::down:
      return 2;
    case State::maint:
      return 3;
    case State::unknown:
      return 4;
  }
  return kNone;
}

std::chrono::sys_days first_day(Time now) {
  return std::chrono::floor<days>(now) - days(kStripDays - 1);
}

std::array<std::size_t, kStripDays> kinds(const std::vector<Rollup>& rollups, Time now) {
  std::array<std::size_t, kStripDays> kinds{};
  kinds.fill(kNone);
  const auto first = first_day(now);
  for (const Rollup& rollup : rollups) {
    const auto day = (std::chrono::floor<days>(rollup.from) - first).count();
    if (day < 0 || day >= kStripDays) continue;
    kinds[static_cast<std::size_t>(day)] = kind_of(shown_state(rollup.states));
  }
  return kinds;
}

/// Days alike beside each other are one stroke, which the style cuts into bars (2 wide, 1 apart).
void add_run(std::string& path, const Kind& kind, std::size_t first, std::size_t count) {
  path.push_back('M');
  add(path, static_cast<long>(first) * 3);
  path.push_back(' ');
  add(path, kind.middle);
  path.push_back('h');
  add(path, static_cast<long>(count) * 3 - 1);
}

std::string paths(const std::vector<Rollup>& rollups, Time now) {
  const auto bars = kinds(rollups, now);
  std::array<std::string, kKinds.size()> drawn;
  for (std::size_t at = 0; at < bars.size();) {
    const std::size_t kind = bars[at];
    const std::size_t from = at;
    while (at < bars.size() && bars[at] == kind) ++at;
    add_run(drawn[kind], kKinds[kind], from, at - from);
  }
  std::string all;
  all.reserve(600);
  for (std::size_t kind = 0; kind < kKinds.size(); ++kind) {
    if (drawn[kind].empty()) continue;
    all.append("<path class=\"").append(kKinds[kind].css_class);
    all.append("\" d=\"").append(drawn[kind]).append("\"/>");
  }
  return all;
}

bool troubled(const DayTally& day) { return day.down > 0 || day.issue > 0; }

std::string trouble_text(const Rollup& rollup) {
  std::string text = short_date(rollup.from);
  if (rollup.states.down > 0) text += " " + seconds_text(rollup.states.down) + " down";
  if (rollup.states.down > 0 && rollup.states.issue > 0) text += ",";
  if (rollup.states.issue > 0) text += " " + seconds_text(rollup.states.issue) + " with issues";
  return text;
}

}  // namespace

State shown_state(const DayTally& day) {
  if (day.down > 0) return State::down;
  if (day.issue > 0) return State::issue;
  if (day.maint > 0) return State::maint;
  return day.up > 0 && day.up >= day.unknown ? State::up : State::unknown;
}

std::string strip_text(const std::vector<Rollup>& rollups, Time now) {
  const auto first = first_day(now);
  std::string named;
  std::size_t troubles = 0, known = 0;
  for (auto rollup = rollups.rbegin(); rollup != rollups.rend(); ++rollup) {
    if (rollup->from < first) continue;
    if (shown_state(rollup->states) != State::unknown) ++known;
    if (!troubled(rollup->states)) continue;
    if (++troubles <= kMostNamed) named += (named.empty() ? "" : "; ") + trouble_text(*rollup);
  }
  const std::string start = std::to_string(kStripDays) + " days: ";
  if (known == 0) return start + "nothing known.";
  std::string text =
      start + (troubles == 0 ? "no trouble" : "trouble on " + std::to_string(troubles));
  if (known < kStripDays) text += " (" + std::to_string(kStripDays - known) + " unknown)";
  if (troubles > 0) text += ": " + named;
  if (troubles > kMostNamed) text += "; and earlier ones";
  return text + ".";
}

Svg strip(const std::vector<Rollup>& rollups, Time now) {
  return drawing("strip", "0 0 269 28", strip_text(rollups, now), "", paths(rollups, now));
}

}  // namespace signalbox::web::charts
