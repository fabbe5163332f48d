// The pieces of a page that several documents share: frames, incidents, maintenances, days.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "board/board.h"
#include "web/documents/assets.h"
#include "web/documents/own_style.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/service_groups.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// Fewer services than this are named one by one, also when they are all there are.
constexpr std::size_t kMany = 4;
/// Services an incident names beside its title; more are counted.
constexpr std::size_t kMostTouched = 5;

/// In which language the update was said, where that is another than the page's: staff's own, and
/// English of the machine.
View tongue_of(const Edition& edition, const Update& update) {
  const std::string& code = update.automatic ? english().code() : edition.snapshot.page.language;
  return code == edition.language.code() ? View(false) : View(code);
}

/// What changed, in the page's language, ahead of the machine's English words.
View changed_view(const Edition& edition, const Update& update) {
  const Language& language = edition.language;
  if (!update.automatic || &language == &english()) return View(false);
  std::vector<std::string> changes;
  for (const Affected& one : update.affected) {
    const std::string name = shown(name_of(edition.snapshot, one.service));
    changes.push_back(say(language, "auto.changed",
                          {{"name", isolated(language, name)},
                           {"state", state_word(language, one.after)},
                           {"before", state_word(language, one.before)}}));
  }
  return plain_text(join(changes, language.text("strip.join")));
}

void add_time(View& view, const Edition& edition, Time at) {
  view["at"] = View(when(edition, at));
  view["iso"] = View(edition.snapshot.page.zone.iso(at));
}

View follow_view(const Edition& edition) {
  ViewList list;
  for (const auto& follow : edition.snapshot.page.follow) {
    const std::string url = safe_link(follow.url);
    if (url.empty()) continue;
    View view;
    view["network"] = text_view(follow.network);
    view["url"] = View(url);
    view["name"] = optional_text(follow.name);
    list.push_back(view);
  }
  return list_view(std::move(list));
}

View text_parts(const std::string& text) {
  if (text.empty()) return View(false);
  View view;
  view["parts"] = parts(text);
  return view;
}

/// The operator's logo, texts and style.
void add_look(View& view, const PageFacts& page) {
  static const Look kByItself;
  const Look& look = page.look != nullptr ? *page.look : kByItself;
  view["logo"] = look.logo.empty() ? View(false) : View(look.logo);
  // The logo is everybody's: a page beside the main one is told by its name.
  const bool told = look.logo.empty() || page.slug.empty();
  view["part_name"] = optional_text(told ? "" : page.name);
  view["header_text"] = text_parts(look.header);
  view["footer_text"] = text_parts(look.footer);
  const std::string style = own_style(page);
  view["own"] = style.empty() ? View(false) : View("style", View(style));
}

/// Which services an incident touches, where its name leaves some out.
View affects_view(const Edition& edition, const Incident& incident) {
  if (incident.services.size() < 2) return View(false);
  std::vector<std::string> names;
  bool told = incident.services.size() <= kMostTouched;
  for (const auto& [id, state] : touched_services(edition, incident)) {
    if (names.size() == kMostTouched) break;
    names.push_back(shown(name_of(edition.snapshot, id)));
    told = told && incident.name.find(names.back()) != std::string::npos;
  }
  if (told) return View(false);
  if (const auto left = incident.services.size() - names.size(); left > 0) {
    names.push_back(say_count(edition.language, "more", static_cast<long long>(left)));
  }
  return plain_text(comma_list(edition.language, names));
}

/// The state it puts services in: what staff said, or the worst that the machine found.
std::optional<State> state_told(const Update& update) {
  if (update.state || !update.automatic || update.affected.empty()) return update.state;
  return std::ranges::max_element(update.affected, {},
                                  [](const Affected& one) { return board::rank(one.after); })
      ->after;
}

}  // namespace

View lasted_view(const Edition& edition, const Incident& incident) {
  if (!incident.resolved) return View(false);
  const std::chrono::duration<double> lasted = *incident.resolved - incident.opened;
  return View(seconds_text(edition.language, lasted.count()));
}

std::vector<std::pair<std::string, State>> touched_services(const Edition& edition,
                                                            const Incident& incident) {
  std::vector<std::pair<std::string, State>> list;
  for (const ServiceView& service : edition.snapshot.services) {
    const auto found = incident.services.find(service.id);
    if (found != incident.services.end()) list.emplace_back(*found);
  }
  if (list.size() == incident.services.size()) return list;
  std::map<std::string, State> gone = incident.services;
  for (const auto& [id, state] : list) gone.erase(id);
  list.insert(list.end(), gone.begin(), gone.end());
  return list;
}

View names_view(const Edition& edition, const std::vector<std::string>& ids) {
  const bool all = std::ranges::all_of(edition.snapshot.services, [&ids](const ServiceView& one) {
    return std::ranges::find(ids, one.id) != ids.end();
  });
  if (all && edition.snapshot.services.size() >= kMany) {
    return View(edition.language.text("names.all"));
  }
  std::vector<std::string> names;
  for (const std::string& id : ids) names.push_back(shown(name_of(edition.snapshot, id)));
  return plain_text(comma_list(edition.language, names));
}

View update_view(const Edition& edition, const Update& update) {
  View view;
  view["id"] = text_view(update.id);
  view["phase"] = View(phase_word(edition.language, update.phase));
  const auto state = state_told(update);
  view["stated"] = state ? View(state_word(edition.language, *state)) : View(false);
  view["parts"] = parts(update.text);
  view["tongue"] = tongue_of(edition, update);
  view["changed"] = changed_view(edition, update);
  view["who"] = plain_text(speaker(edition.language, update.source, update.automatic));
  view["url"] = optional_text(safe_link(update.source.url));
  view["edited"] = View(update.edited);
  view["withdrawn"] = View(update.withdrawn);
  add_time(view, edition, update.at);
  return view;
}

View incident_view(const Edition& edition, const Incident& incident, std::size_t most) {
  View view;
  view["lasted"] = lasted_view(edition, incident);
  view["affects"] = affects_view(edition, incident);
  view["id"] = text_view(incident.id);
  view["name"] = text_view(incident.name);
  view["state"] = View(css_class(incident.worst));
  view["phase"] = View(phase_of(edition.language, incident));
  view["ongoing"] = View(incident.open());
  ViewList updates;
  const std::size_t shown_updates = std::min(most, incident.updates.size());
  updates.reserve(shown_updates + 1);
  if (incident.postmortem) updates.push_back(update_view(edition, *incident.postmortem));
  for (auto update = incident.updates.rbegin(); update != incident.updates.rend(); ++update) {
    if (static_cast<std::size_t>(update - incident.updates.rbegin()) >= most) break;
    updates.push_back(update_view(edition, *update));
  }
  view["updates"] = View(updates);
  const std::size_t left = incident.updates.size() - shown_updates;
  view["earlier"] =
      left > 0 ? View(say_count(edition.language, "updates.earlier", static_cast<long long>(left)))
               : View(false);
  return view;
}

View maintenance_view(const Edition& edition, const Maintenance& maintenance) {
  View view;
  view["id"] = text_view(maintenance.id);
  view["name"] = text_view(maintenance.name);
  view["stage"] = View(stage_word(edition.language, stage(maintenance, edition.snapshot.as_of)));
  view["from"] = View(when(edition, maintenance.from));
  view["from_iso"] = View(edition.snapshot.page.zone.iso(maintenance.from));
  view["until"] = View(when(edition, end_of(maintenance)));
  view["until_iso"] = View(edition.snapshot.page.zone.iso(end_of(maintenance)));
  view["lasts"] = View(exact_length(edition.language, std::chrono::round<std::chrono::minutes>(
                                                          end_of(maintenance) - maintenance.from)));
  view["open_end"] = View(!maintenance.until && !maintenance.ended);
  view["services"] = names_view(edition, maintenance.services);
  ViewList updates;
  for (auto update = maintenance.updates.rbegin(); update != maintenance.updates.rend(); ++update) {
    updates.push_back(update_view(edition, *update));
  }
  view["updates"] = View(updates);
  return view;
}

View frame(const Edition& edition) {
  View view;
  view["root"] = View(edition.root);
  view["top"] = View(edition.top);
  view["languages"] = languages_view(edition);
  view["lang"] = View(edition.language.code());
  view["page_name"] = text_view(edition.snapshot.page.name);
  view["page_url"] = optional_text(safe_link(edition.snapshot.page.url));
  view["colour"] = View(std::string(colour(headline_state(edition))));
  view["zone"] = text_view(edition.snapshot.page.zone.name());
  view["follow"] = follow_view(edition);
  for (const char* section : {"formulas", "legend", "charts", "classic", "moment", "at_now",
                              "at_history", "at_subscribe"}) {
    view[section] = View(false);
  }
  add_look(view, edition.snapshot.page);
  view["live_js"] = View(asset_link(edition.top, "live.js"));
  view["page_js"] = View(asset_link(edition.top, "page.js"));
  view["level"] = View("4");  // of the headings of incidents: below a day, below a section
  view["stale"] = View(false);
  if (edition.stale_since) {
    View stale;
    stale["iso"] = View(edition.snapshot.page.zone.iso(*edition.stale_since));
    stale["text"] = View(when(edition, *edition.stale_since));
    view["stale"] = std::move(stale);
  }
  return view;
}

View day_view(const Edition& edition, const std::string& date,
              const std::vector<const Incident*>& incidents, std::size_t most_updates) {
  View view;
  view["iso"] = View(date);
  view["text"] = View(long_date(edition.language, date));
  view["quiet"] = View(incidents.empty());
  ViewList list;
  for (const Incident* incident : incidents) {
    list.push_back(incident_view(edition, *incident, most_updates));
  }
  view["incidents"] = list_view(std::move(list));
  return view;
}

View days_view(const Edition& edition, const std::vector<const Incident*>& incidents,
               int quiet_days, std::size_t most_updates) {
  std::map<std::string, std::vector<const Incident*>, std::greater<>> days;
  const Zone& zone = edition.snapshot.page.zone;
  const auto noon = std::chrono::floor<std::chrono::days>(zone.local(edition.snapshot.as_of)) +
                    std::chrono::hours(12);
  const std::string first = zone.date_text(edition.snapshot.page.created);
  for (int back = 0; back < quiet_days; ++back) {
    const std::string date = zone.date_text(zone.instant(noon - std::chrono::days(back)));
    if (date >= first) days[date];
  }
  for (const Incident* incident : incidents) {
    days[zone.date_text(incident->opened)].push_back(incident);
  }
  ViewList list;
  for (const auto& [date, of_day] : days) {
    list.push_back(day_view(edition, date, of_day, most_updates));
  }
  return list_view(std::move(list));
}

}  // namespace signalbox::web
