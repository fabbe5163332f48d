#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "board/board.h"

namespace signalbox::board {
namespace {

template <typename T>
T found(const std::map<std::string, T>& map, const std::string& key) {
  const auto at = map.find(key);
  return at == map.end() ? T{} : at->second;
}

Standing as_the_book_has_it(const ServiceEntry& entry) {
  return {.state = entry.shown,
          .reason = "",
          .note = "",
          .stated = entry.stated,
          .measured = entry.measured};
}

const ServiceEntry& entry_of(const Book& book, const std::string& service) {
  static const ServiceEntry kNone;
  const auto at = book.entries.find(service);
  return at == book.entries.end() ? kNone : at->second;
}

ServiceView view_of(const Service& service, const Book& book, const Ingredients& with, Time now) {
  const ServiceEntry& entry = entry_of(book, service.id);
  const auto standing = with.standings.find(service.id);
  const auto month = with.month.find(service.id);
  ServiceView v;
  v.id = service.id;
  v.name = service.name.empty() ? service.id : service.name;
  v.group = service.group;
  v.standing = standing == with.standings.end() ? as_the_book_has_it(entry) : standing->second;
  v.state = v.standing.state;
  v.since = v.state == entry.shown && entry.since != Time{} ? entry.since : now;
  if (month != with.month.end()) v.month = month->second;
  v.windows = found(with.windows, service.id);
  v.days = found(with.days, service.id);
  v.uptime = uptime(entry, now, starts(service, entry));
  v.flapping = std::ranges::find(with.flapping, service.id) != with.flapping.end();
  v.started = starts(service, entry);
  v.sources = found(with.sources, service.id);
  v.metrics = found(with.metrics, service.id);
  return v;
}

bool shown(const Incident& incident, Duration past, Time now) {
  return incident.open() || now - *incident.resolved < past;
}

bool shown(const Maintenance& maintenance, Time now) {
  const std::optional<Time> over = maintenance.ended ? maintenance.ended : maintenance.until;
  return !over || now - *over < kShown;
}

/// The open ones by the book's index: their number does not grow with what is over.
std::vector<const Incident*> open_ones(const Book& book) {
  std::set<std::size_t, std::greater<>> places;
  for (const auto& [service, id] : book.troubled) {
    const auto place = book.places.find(id);
    if (place != book.places.end()) places.insert(place->second);
  }
  std::vector<const Incident*> open;
  for (const std::size_t place : places) open.push_back(&book.incidents[place]);
  return open;
}

SharedIncidents newest_first(const Book& book, Duration past, Time now, Shelf& shelf) {
  std::vector<const Incident*> order;
  if (past <= Duration(0)) {
    order = open_ones(book);
  } else {
    order.reserve(book.incidents.size());
    for (auto i = book.incidents.rbegin(); i != book.incidents.rend(); ++i) {
      if (shown(*i, past, now)) order.push_back(&*i);
    }
  }
  std::ranges::stable_sort(order, [](auto* a, auto* b) { return a->opened > b->opened; });
  std::vector<IncidentPtr> incidents;
  incidents.reserve(order.size());
  for (const Incident* incident : order) incidents.push_back(shelf.share(*incident));
  shelf.keep_only(incidents);
  return SharedIncidents(std::move(incidents));
}

std::vector<Notice> newest_first(const std::deque<Notice>& notices, Time now) {
  std::vector<Notice> kept;
  std::ranges::copy_if(notices, std::back_inserter(kept),
                       [&](const Notice& n) { return now < n.until; });
  std::ranges::stable_sort(kept, [](auto& a, auto& b) { return a.at > b.at; });
  return kept;
}

std::vector<Maintenance> soonest_first(const std::vector<Maintenance>& maintenances, Time now) {
  std::vector<Maintenance> kept;
  std::ranges::copy_if(maintenances, std::back_inserter(kept),
                       [&](const Maintenance& m) { return shown(m, now); });
  std::ranges::stable_sort(kept, {}, &Maintenance::from);
  return kept;
}

Time newest_change(const Book& book, const std::vector<ServiceView>& services, Time now) {
  Time newest = book.at;
  for (const ServiceView& v : services) {
    if (v.standing.measured && v.standing.measured->fresh && v.standing.measured->at <= now) {
      newest = std::max(newest, v.standing.measured->at);
    }
  }
  return newest;
}

}  // namespace

int rank(State state) {
  switch (state) {
    case State::up:
      return 0;
    case State::maint:
      return 1;
    case State::unknown:
      return 2;
    case State::issue:
      return 3;
    case State::down:
      return 4;
  }
  return 0;
}

State worst_of(const std::vector<ServiceView>& services) {
  State worst = services.empty() ? State::unknown : State::up;
  for (const ServiceView& v : services) {
    if (rank(v.state) > rank(worst)) worst = v.state;
  }
  return worst;
}

Snapshot view(const Book& book, const Ingredients& with, Time now) {
  Shelf shelf;
  return view(book, with, now, shelf);
}

Snapshot view(const Book& book, const Ingredients& with, Time now, Shelf& shelf) {
  Snapshot s;
  s.seq = book.seq;
  s.as_of = now;
  s.page = with.page;
  s.page.created = book.began;
  s.services.reserve(book.services.size());
  for (const Service& service : book.services) {
    s.services.push_back(view_of(service, book, with, now));
  }
  s.incidents = newest_first(book, with.past, now, shelf);
  s.notices = newest_first(book.notices, now);
  s.maintenances = soonest_first(book.maintenances, now);
  s.banners = with.banners;
  s.worst = worst_of(s.services);
  s.updated_at = newest_change(book, s.services, now);
  return s;
}

}  // namespace signalbox::board
