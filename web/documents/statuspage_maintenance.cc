// A maintenance as Statuspage's readers know it: scheduled, in progress, completed.
#include <algorithm>

#include "base/hash.h"
#include "web/documents/statuspage.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

std::string_view status_of(Stage stage) {
  switch (stage) {
    case Stage::upcoming:
      return "scheduled";
    case Stage::running:
      return "in_progress";
    case Stage::over:
      return "completed";
  }
  return "scheduled";
}

/// An update with the stage it speaks of.
struct Step {
  Update update;
  Stage stage = Stage::upcoming;
};

/// What nobody needed to say: its id follows from the maintenance's, so that it stays.
Step derived(const Maintenance& work, Stage stage, Time at, std::string text) {
  Update update;
  update.id = short_id(std::string(status_of(stage)) + " " + work.id);
  update.at = std::max(at, work.announced);
  update.text = std::move(text);
  update.automatic = true;
  return {std::move(update), stage};
}

std::optional<Time> began(const Snapshot& snapshot, const Maintenance& work) {
  if (work.started) return work.started;
  const bool running = stage(work, snapshot.as_of) == Stage::running;
  return running ? std::optional(work.from) : std::nullopt;
}

/// Staff's updates, each with the stage it was said in; the last word of work that is over ends it.
std::vector<Step> said(const Maintenance& work, const std::optional<Time>& begin) {
  std::vector<Step> steps;
  for (const Update& update : work.updates) {
    const bool later = !steps.empty() && begin && update.at >= *begin;
    const bool closes = update.phase == Phase::done || update.phase == Phase::resolved;
    const bool last = &update == &work.updates.back();
    const Stage spoken = work.ended && closes && last ? Stage::over
                         : later                      ? Stage::running
                                                      : Stage::upcoming;
    steps.push_back({update, spoken});
  }
  return steps;
}

/// All of them, oldest first.
std::vector<Step> steps(const Snapshot& snapshot, const Maintenance& work) {
  const auto begin = began(snapshot, work);
  std::vector<Step> all = said(work, begin);
  const bool closed = !all.empty() && all.back().stage == Stage::over;
  if (begin) all.push_back(derived(work, Stage::running, *begin, "The maintenance has begun."));
  if (work.ended && !closed) {
    const char* text = begin ? "The maintenance is over." : "The maintenance was called off.";
    all.push_back(derived(work, Stage::over, *work.ended, text));
  }
  std::ranges::stable_sort(all, {},
                           [](const Step& step) { return std::pair(step.stage, step.update.at); });
  return all;
}

/// What `step` did to the services, where staff did not say.
std::vector<Affected> affected(const Maintenance& work, State before, State after) {
  std::vector<Affected> all;
  for (const std::string& service : work.services) all.push_back({service, before, after});
  return all;
}

Json updates_json(const Snapshot& snapshot, const Maintenance& work, std::vector<Step> all) {
  State before = State::up;
  Json rows = Json::array();
  for (Step& step : all) {
    const State after = step.stage == Stage::running ? State::maint : State::up;
    if (step.update.affected.empty()) step.update.affected = affected(work, before, after);
    before = after;
    rows.push_back(update_json(snapshot, step.update, status_of(step.stage), work.id));
  }
  std::reverse(rows.begin(), rows.end());
  return rows;
}

}  // namespace

Json maintenance_json(const Snapshot& snapshot, const Maintenance& work) {
  const std::vector<Step> all = steps(snapshot, work);
  const Time last = all.empty() ? work.announced : all.back().update.at;
  return object({{"id", work.id},
                 {"name", shown(work.name)},
                 {"status", std::string(status_of(stage(work, snapshot.as_of)))},
                 {"created_at", stamp(snapshot, work.announced)},
                 {"updated_at", stamp(snapshot, last)},
                 {"monitoring_at", nullptr},
                 {"resolved_at", time_or_null(snapshot, work.ended)},
                 {"impact", "maintenance"},
                 {"shortlink", link_to(snapshot, work.id)},
                 {"started_at", stamp(snapshot, work.from)},
                 {"page_id", page_id(snapshot)},
                 {"incident_updates", updates_json(snapshot, work, all)},
                 {"components", components_among(snapshot, work.services)},
                 {"reminder_intervals", nullptr},
                 {"scheduled_for", stamp(snapshot, work.from)},
                 {"scheduled_until", stamp(snapshot, planned_end(work))}});
}

}  // namespace signalbox::web
