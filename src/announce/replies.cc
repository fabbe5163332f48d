#include <algorithm>

#include "announce/state_text.h"
#include "announce/wording.h"
#include "announce/words.h"
#include "base/text.h"

namespace signalbox::announce {
namespace {

Announcement reply(const PostReceived& what, Tidings tidings, std::string text,
                   std::string reason) {
  Announcement a;
  a.tidings = tidings;
  a.audience = Audience::author;
  a.text = std::move(text);
  a.reason = std::move(reason);
  a.answers = PostRef{what.post.account, what.post.id, what.post.thread};
  return a;
}

std::string held_text(const std::string& reason) {
  if (reason.starts_with("all_down")) {
    return "held: nothing is measured below UP. Post the same line again within 5 minutes to "
           "confirm, "
           "or release it on the console";
  }
  return "held: many changes by one author in a short time. It is kept, and applied when a second "
         "author posts the same line or the console releases it";
}

/// As the board has it; the book has what was measured when the verdict last changed.
std::optional<Measurement> newest_measured(const std::string& service, const Telling& telling) {
  const auto shown = std::ranges::find(telling.board.services, service, &ServiceView::id);
  if (shown != telling.board.services.end() && shown->standing.measured) {
    return shown->standing.measured;
  }
  const auto entry = telling.after.entries.find(service);
  return entry == telling.after.entries.end() ? std::nullopt : entry->second.measured;
}

std::vector<Line> measured_worse(const std::vector<std::string>& services, const Telling& telling) {
  std::vector<Line> lines;
  for (const std::string& service : services) {
    const std::optional<Measurement> measured = newest_measured(service, telling);
    if (!measured || !worse(measured->state, State::up)) continue;
    const Measurement& m = *measured;
    lines.push_back({.service = service,
                     .state = m.state,
                     .good = m.good,
                     .total = m.total,
                     .window = m.window,
                     .why = m.why});
  }
  return lines;
}

}  // namespace

Announcement hint(const PostReceived& what) {
  const auto* mistake = std::get_if<Mistake>(&what.sentence);
  std::string text = mistake == nullptr ? "not applied: " + what.reason : mistake->what;
  if (mistake != nullptr && !mistake->suggestion.empty()) {
    text += "\nDid you mean:\n" + mistake->suggestion;
  }
  return reply(what, Tidings::hint, std::move(text),
               mistake == nullptr ? what.reason : mistake->reason);
}

Announcement answer(const PostReceived& what, const Telling& telling) {
  const auto* question = std::get_if<Question>(&what.sentence);
  const auto services = question == nullptr ? std::vector<std::string>{} : question->services;
  return reply(what, Tidings::answer, "now " + state_text(telling.board, services), "asked");
}

std::optional<Announcement> still_measured_worse(const PostReceived& what, const Telling& telling) {
  const auto* report = std::get_if<Report>(&what.sentence);
  if (report == nullptr || report->state != State::up || report->until) return std::nullopt;
  const std::vector<Line> lines = measured_worse(report->services, telling);
  if (lines.empty()) return std::nullopt;
  std::vector<std::string> clauses;
  for (const Line& line : lines) {
    const std::string share = figures(line, telling.habits.show_counts);
    clauses.push_back(line.service + " " + std::string(word(line.state)) +
                      (share.empty() ? "" : ", " + share));
  }
  Announcement a = reply(what, Tidings::reminder,
                         "still measured " + join(clauses, "; ") +
                             "; the incident is MONITORING and closes when measurement is UP",
                         "measured_still_worse");
  a.lines = lines;
  return a;
}

std::vector<Announcement> held(const PostReceived& what) {
  std::vector<Announcement> both{reply(what, Tidings::held, held_text(what.reason), what.reason)};
  Announcement others;
  others.tidings = Tidings::held;
  others.audience = Audience::staff;
  others.text = "held, waits for a second author or the console: \"" +
                shorten(one_line(what.post.text), 100) + "\"";
  others.reason = what.reason;
  others.except_account = what.post.account;
  both.push_back(std::move(others));
  return both;
}

}  // namespace signalbox::announce
