#include "web/charts/strip.h"

#include <array>
#include <cmath>

#include "web/documents/say.h"
#include "web/documents/times.h"

namespace signalbox::web::charts {
namespace {

using std::chrono::days;
constexpr long long kMostNamed = 4;

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

std::string trouble_text(const Rollup& rollup, const Language& language) {
  const std::string date = short_date(language, rollup.from);
  const std::string down = seconds_text(language, rollup.states.down);
  const std::string issue = seconds_text(language, rollup.states.issue);
  if (rollup.states.issue <= 0)
    return say(language, "strip.down", {{"date", date}, {"length", down}});
  if (rollup.states.down <= 0)
    return say(language, "strip.issue", {{"date", date}, {"length", issue}});
  return say(language, "strip.both", {{"date", date}, {"down", down}, {"issue", issue}});
}

}  // namespace

State shown_state(const DayTally& day) {
  if (day.down > 0) return State::down;
  if (day.issue > 0) return State::issue;
  if (day.maint > 0) return State::maint;
  return day.up > 0 && day.up >= day.unknown ? State::up : State::unknown;
}

std::string strip_text(const std::vector<Rollup>& rollups, Time now, const Language& language) {
  const auto first = first_day(now);
  std::string named;
  long long troubles = 0, known = 0;
  for (auto rollup = rollups.rbegin(); rollup != rollups.rend(); ++rollup) {
    if (rollup->from < first) continue;
    if (shown_state(rollup->states) != State::unknown) ++known;
    if (!troubled(rollup->states)) continue;
    if (++troubles > kMostNamed) continue;
    if (!named.empty()) named += language.text("strip.join");
    named += trouble_text(*rollup, language);
  }
  const std::string days = std::to_string(kStripDays);
  if (known == 0) return say(language, "strip.nothing", {{"days", days}});
  const std::string unknown =
      known < kStripDays ? say_count(language, "strip.unknown", kStripDays - known) : "";
  if (troubles == 0) {
    return say(language, "strip.quiet", {{"days", days}, {"unknown", unknown}});
  }
  if (troubles > kMostNamed) named = say(language, "strip.earlier", {{"named", named}});
  return say_count(language, "strip.troubled", troubles,
                   {{"days", days}, {"unknown", unknown}, {"named", named}});
}

Svg strip(const std::vector<Rollup>& rollups, Time now, const Language& language) {
  return drawing("strip", "0 0 269 28", strip_text(rollups, now, language), "",
                 paths(rollups, now));
}

}  // namespace signalbox::web::charts
