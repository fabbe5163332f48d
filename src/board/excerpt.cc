#include "board/excerpt.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "board/board.h"
#include "model/incident_name.h"

namespace signalbox::board {
namespace {

using Names = std::vector<std::string>;

/// Every service it is or ever was about, and those the machine told of in the same breath.
Names ids_of(const Incident& incident) {
  Names ids;
  for (const auto& [id, state] : incident.services) ids.push_back(id);
  for (const Update& update : incident.updates) {
    for (const Affected& one : update.affected) {
      if (!incident.services.contains(one.service)) ids.push_back(one.service);
    }
    if (update.automatic) ids.insert(ids.end(), update.about.begin(), update.about.end());
  }
  return ids;
}

/// When the last of the page's services was UP, by what its updates moved; none when one is not.
std::optional<Time> settled_at(const Incident& cut) {
  std::map<std::string, State> states;
  std::optional<Time> at;
  for (const Update& update : cut.updates) {
    for (const Affected& one : update.affected) states[one.service] = one.after;
    if (update.affected.empty()) continue;
    const bool up =
        std::ranges::all_of(states, [](const auto& item) { return item.second == State::up; });
    at = up ? std::optional(update.at) : std::nullopt;
  }
  return at;
}

/// Where it stands by the updates that stayed: what was said of others only moved it for them. A
/// word that was taken back moved it nowhere.
void stand_by_its_own(Incident& cut) {
  const auto whole = std::exchange(cut.monitoring, std::nullopt);
  cut.phase = Phase::investigating;
  for (const Update& update : cut.updates) {
    if (update.withdrawn) continue;
    const bool begins = cut.phase != Phase::monitoring || update.at == whole;
    if (update.phase == Phase::monitoring && begins) cut.monitoring = update.at;
    cut.phase = update.phase;
  }
  const bool over = cut.phase == Phase::resolved || cut.phase == Phase::done;
  if (over && cut.open()) cut.phase = Phase::investigating;
  if (cut.resolved) cut.phase = Phase::resolved;
}

/// Over once its own services are UP; what is said after that is about others.
void close_for_its_own(Incident& cut) {
  const bool all_up =
      std::ranges::all_of(cut.services, [](const auto& item) { return item.second == State::up; });
  if (!all_up) return;
  const Time last = cut.updates.empty() ? cut.opened : cut.updates.back().at;
  const Time over = settled_at(cut).value_or(cut.resolved.value_or(last));
  std::erase_if(cut.updates, [over](const Update& update) { return update.at > over; });
  cut.resolved = over;
  // The word that closed it here, which for the others was one among many.
  const bool closes = !cut.updates.empty() && cut.updates.back().at == over;
  if (closes && !cut.updates.back().withdrawn) cut.updates.back().phase = Phase::resolved;
}

Time newest_change(const Snapshot& of) {
  Time newest = of.page.created;
  const auto note = [&newest, &of](Time at) {
    if (at <= of.as_of) newest = std::max(newest, at);
  };
  for (const ServiceView& view : of.services) {
    note(view.since);
    if (view.standing.stated) note(view.standing.stated->at);
    if (view.standing.measured && view.standing.measured->fresh) note(view.standing.measured->at);
  }
  for (const Incident& incident : of.incidents) {
    if (!incident.updates.empty()) note(incident.updates.back().at);
    if (incident.postmortem) note(incident.postmortem->at);
  }
  for (const Notice& notice : of.notices) note(notice.at);
  for (const Maintenance& work : of.maintenances) {
    note(work.announced);
    note(work.started.value_or(Time{}));
    note(work.ended.value_or(Time{}));
  }
  return newest;
}

std::map<std::string, std::string, std::less<>> names_of(const Snapshot& whole, const Names& own) {
  std::map<std::string, std::string, std::less<>> names;
  for (const std::string& id : own) names[id] = id;
  for (const ServiceView& view : whole.services) {
    const auto name = names.find(view.id);
    if (name != names.end()) name->second = view.name;
  }
  return names;
}

}  // namespace

const IncidentPtr* Cuttings::find(const IncidentPtr& whole) {
  const auto known = kept_.find(whole.get());
  if (known == kept_.end()) return nullptr;
  next_[whole.get()] = known->second;
  return &known->second.second;
}

void Cuttings::begin(const std::string& names) {
  if (names != names_) kept_.clear();
  names_ = names;
  next_.clear();
}

Excerpt::Excerpt(const Snapshot& whole, const Names& own)
    : whole_(whole), own_(names_of(whole, own)), veil_(hidden(), kept()) {}

Names Excerpt::kept() const {
  Names names;
  for (const auto& [id, name] : own_) {
    names.push_back(id);
    names.push_back(name);
  }
  return names;
}

Names Excerpt::hidden() const {
  Names names;
  for (const ServiceView& view : whole_.services) {
    if (is_own(view.id)) continue;
    names.push_back(view.id);
    names.push_back(view.name);
  }
  return names;
}

std::string Excerpt::named(const Names& services, std::string_view text) const {
  Names names;
  for (const std::string& id : services) names.push_back(own_.find(id)->second);
  return incident_name(names, text);
}

std::string Excerpt::named(const Incident& incident) const {
  Names ids;
  for (const auto& [id, state] : incident.services) ids.push_back(id);
  return named(ids, incident.updates.empty() ? "" : incident.updates.front().text);
}

bool Excerpt::is_about_own(const Update& update) const {
  const auto own = [&](const std::string& id) { return is_own(id); };
  const auto moves_own = [&](const Affected& one) { return is_own(one.service); };
  if (std::ranges::any_of(update.affected, moves_own)) return true;
  if (!update.about.empty()) return std::ranges::any_of(update.about, own);
  return update.affected.empty();
}

bool Excerpt::opened_with_others(const std::vector<Update>& updates) const {
  if (updates.empty()) return false;
  const auto of_others = [&](const std::string& id) { return !is_own(id); };
  return std::ranges::any_of(updates.front().about, of_others);
}

std::optional<Update> Excerpt::cut(const Update& whole) const {
  if (!is_about_own(whole)) return std::nullopt;
  Update update = whole;
  std::erase_if(update.affected, [&](const Affected& one) { return !is_own(one.service); });
  std::erase_if(update.about, [&](const std::string& id) { return !is_own(id); });
  if (!update.automatic) {
    update.text = veil_.over(update.text);
    return update;
  }
  // The machine's words are figures of all that moved together.
  Names moved;
  for (const Affected& one : update.affected) {
    moved.push_back(own_.find(one.service)->second + " is " + std::string(word(one.after)));
  }
  update.text = moved.empty() ? "Measured." : join(moved, ", ") + ", as measured.";
  return update;
}

Incident Excerpt::cut(const Incident& whole) const {
  Incident incident = whole;
  std::erase_if(incident.services, [&](const auto& item) { return !is_own(item.first); });
  std::erase_if(incident.awaits, [&](const std::string& id) { return !is_own(id); });
  incident.updates.clear();
  incident.worst = State::up;
  for (const Update& one : whole.updates) {
    auto update = cut(one);
    if (!update) continue;
    for (const Affected& moved : update->affected) {
      if (worse(moved.after, incident.worst)) incident.worst = moved.after;
    }
    incident.updates.push_back(*std::move(update));
  }
  if (incident.worst == State::up) incident.worst = whole.worst;
  if (!incident.updates.empty()) incident.opened = incident.updates.front().at;
  incident.name = named(incident);
  if (incident.postmortem) incident.postmortem = cut(*incident.postmortem);
  close_for_its_own(incident);
  const bool was_cut = incident.updates.size() != whole.updates.size();
  if (was_cut || incident.resolved != whole.resolved) stand_by_its_own(incident);
  return incident;
}

Incident Excerpt::veiled(const Incident& whole) const {
  Incident incident = whole;
  for (Update& update : incident.updates) update.text = veil_.over(update.text);
  if (incident.postmortem) incident.postmortem->text = veil_.over(incident.postmortem->text);
  incident.name = opened_with_others(whole.updates) ? named(incident) : veil_.over(whole.name);
  return incident;
}

IncidentPtr Excerpt::shown(const IncidentPtr& whole) const {
  const auto own = [&](const auto& item) { return is_own(item.first); };
  if (std::ranges::none_of(whole->services, own)) return nullptr;
  const bool mixed =
      std::ranges::any_of(ids_of(*whole), [&](const std::string& id) { return !is_own(id); });
  if (mixed) return std::make_shared<const Incident>(cut(*whole));
  auto incident = std::make_shared<const Incident>(veiled(*whole));
  return *incident == *whole ? whole : incident;
}

std::optional<Incident> Excerpt::incident(const Incident& whole) const {
  const IncidentPtr found = shown(std::make_shared<const Incident>(whole));
  return found == nullptr ? std::nullopt : std::optional(*found);
}

void Excerpt::add_incidents(Snapshot& to, Cuttings& cuttings) const {
  cuttings.begin(join(hidden(), "\n") + "\n\n" + join(kept(), "\n"));
  std::vector<IncidentPtr> incidents;
  for (auto at = whole_.incidents.begin(); at != whole_.incidents.end(); ++at) {
    const IncidentPtr* known = cuttings.find(at.pointer());
    const IncidentPtr one = known != nullptr ? *known : shown(at.pointer());
    if (known == nullptr) cuttings.keep(at.pointer(), one);
    if (one != nullptr) incidents.push_back(one);
  }
  cuttings.end();
  std::ranges::stable_sort(incidents,
                           [](const auto& a, const auto& b) { return a->opened > b->opened; });
  to.incidents = SharedIncidents(std::move(incidents));
}

void Excerpt::add_notices(Snapshot& to) const {
  for (const Notice& whole : whole_.notices) {
    Notice notice = whole;
    std::erase_if(notice.services, [&](const std::string& id) { return !is_own(id); });
    if (notice.services.empty()) continue;
    notice.text = veil_.over(whole.text);
    to.notices.push_back(std::move(notice));
  }
}

void Excerpt::add_maintenances(Snapshot& to) const {
  for (const Maintenance& whole : whole_.maintenances) {
    Maintenance work = whole;
    std::erase_if(work.services, [&](const std::string& id) { return !is_own(id); });
    if (work.services.empty()) continue;
    work.updates.clear();
    for (const Update& one : whole.updates) {
      if (auto update = cut(one)) work.updates.push_back(*std::move(update));
    }
    // Its name counts what it covers, and what it has released since.
    const bool counts =
        work.services.size() < whole.services.size() || opened_with_others(whole.updates);
    const std::string text = work.updates.empty() ? "maintenance" : work.updates.front().text;
    if (counts || veil_.over(whole.name) != whole.name) work.name = named(work.services, text);
    to.maintenances.push_back(std::move(work));
  }
}

void Excerpt::add_services(Snapshot& to) const {
  for (const ServiceView& whole : whole_.services) {
    if (!is_own(whole.id)) continue;
    to.services.push_back(whole);
    auto& stated = to.services.back().standing.stated;
    if (stated) stated->message = veil_.over(stated->message);
  }
}

Snapshot Excerpt::snapshot(PageFacts page, Cuttings& cuttings) const {
  Snapshot to;
  to.generation = whole_.generation;
  to.seq = whole_.seq;
  to.as_of = whole_.as_of;
  to.page = std::move(page);
  to.banners = whole_.banners;
  add_services(to);
  add_incidents(to, cuttings);
  add_notices(to);
  add_maintenances(to);
  to.worst = worst_of(to.services);
  to.updated_at = newest_change(to);
  return to;
}

}  // namespace signalbox::board
