#include <algorithm>
#include <map>
#include <tuple>

#include "announce/announce.h"
#include "announce/due.h"
#include "announce/head.h"
#include "announce/wording.h"
#include "base/hash.h"
#include "base/text.h"

namespace signalbox::announce {
namespace {

/// Something due, of which service.
struct Item {
  const ServiceView* view = nullptr;
  const Told* told = nullptr;
  Due due;
};

/// Items that make one announcement.
struct Group {
  Tidings tidings = Tidings::worse;
  bool told = true;
  std::string reason;
  std::vector<Line> lines;
  std::string cause;  ///< names the changes it tells: the same cause gives the same id
};

std::vector<Item> all_due(const Memory& memory, const Habits& habits, const Snapshot& board,
                          Time now) {
  std::vector<Item> items;
  for (const ServiceView& view : board.services) {
    const auto told = memory.services.find(view.id);
    if (told == memory.services.end()) continue;
    auto d = due(view.id, told->second, circumstance(view, board), habits, now);
    if (d) items.push_back({&view, &told->second, std::move(*d)});
  }
  return items;
}

Line line_of(const Item& item) {
  const Measurement& m = *item.told->now;
  return {.service = item.view->id,
          .state = m.state,
          .good = m.good,
          .total = m.total,
          .window = m.window,
          .why = m.why};
}

std::string cause_of(const Item& item) {
  return " " + item.view->id + "@" + std::to_string(item.told->changed.time_since_epoch().count()) +
         item.due.reason;
}

/// The groups that are complete: those of a kind wait for one another.
std::vector<Group> complete(const std::vector<Item>& items, Time now) {
  std::map<Tidings, bool> closes;
  for (const Item& item : items) closes[item.due.tidings] |= item.due.at <= now;
  std::map<std::tuple<Tidings, bool, std::string>, Group> groups;
  for (const Item& item : items) {
    const Due& d = item.due;
    if (!closes[d.tidings] || d.earliest > now) continue;
    // What the limit withheld and what fell just now are one worsening.
    const std::string reason = d.told && d.tidings == Tidings::worse ? "fell" : d.reason;
    Group& group = groups[{d.tidings, d.told, reason}];
    group.tidings = d.tidings;
    group.told = d.told;
    group.reason = group.lines.empty() ? d.reason : reason;
    group.lines.push_back(line_of(item));
    group.cause += cause_of(item);
  }
  std::vector<Group> ready;
  for (auto& [key, group] : groups) ready.push_back(std::move(group));
  return ready;
}

std::vector<std::string> services_of(const std::vector<Line>& lines) {
  std::vector<std::string> services;
  for (const Line& line : lines) services.push_back(line.service);
  return services;
}

/// A recovery's head must not call worse what is UP: it names those in its worst state only.
std::vector<Line> headed(const Group& group, State worst) {
  std::vector<Line> lines = group.lines;
  if (group.tidings == Tidings::better) {
    std::erase_if(lines, [&](const Line& line) { return line.state != worst; });
  }
  return lines;
}

std::string lost_sight_text(const Group& group, const Memory& memory, const Habits& habits) {
  std::vector<std::string> clauses;
  for (const Line& line : group.lines) {
    const Measurement& m = *memory.services.at(line.service).now;
    const std::string since = m.at == Time{} ? "" : " since " + habits.zone.clock_text(m.at);
    clauses.push_back(line.service + since + (m.reason.empty() ? "" : " (" + m.reason + ")"));
  }
  return "no fresh measurement, shown as UNKNOWN: " + join(clauses, "; ");
}

std::string text_of(const Group& group, State worst, const Memory& memory, const Habits& habits) {
  const std::string measured = told_of(group.lines, worst, habits.show_counts);
  switch (group.tidings) {
    case Tidings::better:
      return (group.lines.front().total > 0 ? "back to " : "") + measured;
    case Tidings::flapping:
      return "flapping, now " + std::string(word(worst)) + " again: " + measured;
    case Tidings::lost_sight:
      return lost_sight_text(group, memory, habits);
    case Tidings::worse:
    case Tidings::staff_word:
    case Tidings::correction:
    case Tidings::withdrawal:
    case Tidings::reminder:
    case Tidings::held:
    case Tidings::hint:
    case Tidings::answer:
    case Tidings::trouble:
    case Tidings::digest:
      break;
  }
  return (group.reason == "limit_over" ? "still " : "") + measured;
}

Audience audience_of(const Group& group) {
  if (!group.told) return Audience::nobody;
  return group.tidings == Tidings::lost_sight ? Audience::staff : Audience::followers_and_staff;
}

MachineSpoke spoken(Group group, const Memory& memory, const Habits& habits, const Snapshot& board,
                    Time now) {
  group.lines = worst_first(std::move(group.lines), board);
  const State worst = worst_of(group.lines);
  Announcement a;
  a.id = short_id(std::string(word(group.tidings)) + group.cause);
  a.tidings = group.tidings;
  a.audience = audience_of(group);
  if (group.tidings != Tidings::lost_sight) {
    a.targets = folded(services_of(headed(group, worst)), board);
  }
  const bool states = group.tidings == Tidings::worse || group.tidings == Tidings::better;
  if (states) a.head_word = word(worst);
  a.text = text_of(group, worst, memory, habits);
  a.reason = group.reason;
  a.lines = std::move(group.lines);
  a.at = now;
  return {.announcement = std::move(a), .told = group.told};
}

}  // namespace

std::vector<MachineSpoke> findings(const Memory& memory, const Habits& habits,
                                   const Snapshot& board, Time now) {
  std::vector<Group> groups = complete(all_due(memory, habits, board, now), now);
  if (groups.empty()) return {};
  std::vector<MachineSpoke> all;
  Memory then = memory;
  // One finding may bring up the next: withheld by the limit, then the word about flapping.
  for (int round = 0; round < 4 && !groups.empty(); ++round) {
    std::vector<MachineSpoke> found;
    for (const Group& group : groups) found.push_back(spoken(group, then, habits, board, now));
    for (MachineSpoke& spoke : found) {
      apply(then, Event{.seq = 0, .at = now, .what = spoke}, habits);
      all.push_back(std::move(spoke));
    }
    groups = complete(all_due(then, habits, board, now), now);
  }
  return all;
}

std::optional<Time> next_finding(const Memory& memory, const Habits& habits, const Snapshot& board,
                                 Time now) {
  std::optional<Time> next;
  for (const Item& item : all_due(memory, habits, board, now)) {
    next = next ? std::min(*next, item.due.at) : item.due.at;
  }
  return next;
}

}  // namespace signalbox::announce
