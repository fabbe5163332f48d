#include "ledger/judge.h"

#include <algorithm>

#include "base/text.h"
#include "ledger/gate.h"
#include "ledger/lookup.h"
#include "ledger/safety.h"

namespace signalbox::ledger {
namespace {

Duration apart(Time a, Time b) { return a < b ? b - a : a - b; }

/// Whether every service is still as `report` says: a repetition then tells nothing new.
bool still_stated(const Book& book, const Report& report) {
  if (!report.state || report.state == State::maint) return true;
  return std::all_of(report.services.begin(), report.services.end(), [&](const auto& service) {
    const auto entry = book.entries.find(service);
    return entry != book.entries.end() && entry->second.stated &&
           entry->second.stated->state == *report.state;
  });
}

bool repeats(const RecentReport& recent, const Report& report) {
  return recent.message == report.message && recent.state == report.state &&
         recent.phase == report.phase && recent.from == report.from &&
         recent.until == report.until && same_set(recent.services, report.services);
}

/// Posted twice, or bridged from one network to another.
bool duplicate(const Case& c, const Report& report) {
  const bool said =
      std::any_of(c.book.recent.begin(), c.book.recent.end(), [&](const RecentReport& recent) {
        return apart(recent.at, c.at()) <= c.rules.repeat_within && repeats(recent, report);
      });
  return said && still_stated(c.book, report);
}

bool older_than_all(const Case& c, const Report& report) {
  if (report.is_notice() || report.state == State::maint || report.phase == Phase::postmortem) {
    return false;
  }
  return std::all_of(report.services.begin(), report.services.end(),
                     [&](const auto& service) { return newer_word(c.book, service, c.at()); });
}

Decision judge_notice(const Case& c, const Report& report) {
  if (!notice_counts(c.policy, c.post)) return ignored("not_addressed");
  if (duplicate(c, report)) return {Verdict::recorded, "duplicate_report"};
  Decision decision{Verdict::applied, "notice", true};
  decision.lapses = c.at() + c.rules.notice_shown;
  return decision;
}

Decision no_incident(const Report& report) {
  return mistake("no_open_incident",
                 std::string(word(*report.phase)) + " needs an open incident, and " +
                     join(report.services, ", ") + " has none; post " +
                     (report.targets.empty() ? "SERVICE" : report.targets.front()) +
                     "-ISSUE: … to open one");
}

}  // namespace

std::optional<Decision> phase_mistake(const Case& c, const Report& report) {
  if (!report.phase) return std::nullopt;
  switch (*report.phase) {
    case Phase::investigating:
    case Phase::identified:
      return std::nullopt;
    case Phase::postmortem:
      if (!latest_resolved(c.book, report.services).empty()) return std::nullopt;
      return mistake("no_resolved_incident", "POSTMORTEM needs a resolved incident, and " +
                                                 join(report.services, ", ") + " has none");
    case Phase::done:
      if (running_with(c.book, report.services) != nullptr) return std::nullopt;
      [[fallthrough]];
    case Phase::monitoring:
    case Phase::resolved:
      if (!troubled_with(c.book, report.services).empty()) return std::nullopt;
      return no_incident(report);
  }
  return std::nullopt;
}

std::string applied_reason(const Book& book, const Report& report) {
  if (report.is_notice()) return "notice";
  if (report.state == State::maint) return "maintenance";
  if (report.phase && !report.state) return "phase";
  if (report.state != State::up) return "report";
  const bool worse_measured =
      !report.until &&
      std::any_of(report.services.begin(), report.services.end(),
                  [&](const auto& service) { return measured_trouble(book, service).has_value(); });
  return worse_measured ? "measured_worse" : "up";
}

Decision judge(const Case& c, const Report& report) {
  if (report.is_notice()) return judge_notice(c, report);
  if (older_than_all(c, report)) return {Verdict::recorded, "older_report"};
  if (duplicate(c, report)) return {Verdict::recorded, "duplicate_report"};
  if (auto refused = phase_mistake(c, report)) return *refused;
  if (auto waits = held_back(c, report)) return *waits;
  return {Verdict::applied, applied_reason(c.book, report), c.incident.empty()};
}

}  // namespace signalbox::ledger
