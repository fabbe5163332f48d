#include "web/documents/history.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "web/documents/say.h"
#include "web/documents/times.h"
#include "web/documents/view.h"

namespace signalbox::web {
namespace {

/// A month's page stays readable however bad it was: more is in the feeds and the API.
constexpr std::size_t kMostInMonth = 500;
constexpr std::size_t kUpdatesInMonth = 1;
/// Years of which months are counted; those before are only linked.
constexpr std::size_t kYearsCounted = 10;
constexpr std::size_t kMostMonths = 1200;

/// When the page began; a board that does not say began now.
Time beginning(const Snapshot& snapshot) {
  const Time created = snapshot.page.created;
  return created == Time{} ? snapshot.as_of : std::min(created, snapshot.as_of);
}

bool is_known(const Month& month, const Snapshot& snapshot) {
  return month.from >= known_since(snapshot.as_of) ||
         beginning(snapshot) >= known_since(snapshot.as_of);
}

/// Whether a page without an archive can say anything of the month.
bool is_reached(const Month& month, const Snapshot& snapshot) {
  return month.to > known_since(snapshot.as_of);
}

std::optional<Month> month_named(std::string_view name, const Snapshot& snapshot) {
  auto month = parse_month(name, snapshot.page.zone);
  const bool there = month && month->to > beginning(snapshot) && month->from <= snapshot.as_of;
  return there ? month : std::nullopt;
}

/// "October 2026".
std::string month_text(const Language& language, const Month& month) {
  return month_and_year(language, month.name);
}

/// The incidents of a month, and what is not known of it.
struct OfMonth {
  std::vector<Incident> older;             ///< of the archive, as the page may tell them
  std::vector<const Incident*> incidents;  ///< newest first; of `older`, or the snapshot's
  bool pending = false;
  bool unknown = false;   ///< the archive cannot say
  bool not_kept = false;  ///< there is none
  bool cut = false;
};

void add_older(OfMonth& of, const Month& month, const Snapshot& snapshot,
               const Chronicle& chronicle) {
  if (is_known(month, snapshot)) return;
  of.not_kept = chronicle.months == nullptr;
  if (of.not_kept) return;
  const auto found = chronicle.months->incidents(month.from, month.to, snapshot.as_of);
  of.pending = !found;
  of.unknown = found && *found == nullptr;
  if (of.pending || of.unknown) return;
  std::set<std::string_view> shown;
  for (const Incident& incident : snapshot.incidents) shown.insert(incident.id);
  for (const Incident& whole : **found) {
    if (shown.contains(whole.id)) continue;
    auto told = chronicle.told ? chronicle.told(whole) : std::optional(whole);
    if (told) of.older.push_back(*std::move(told));
  }
}

OfMonth of_month(const Month& month, const Snapshot& snapshot, const Chronicle& chronicle) {
  OfMonth of;
  add_older(of, month, snapshot, chronicle);
  const auto add = [&](const Incident& incident) {
    if (incident.opened >= month.from && incident.opened < month.to)
      of.incidents.push_back(&incident);
  };
  for (const Incident& incident : snapshot.incidents) add(incident);
  for (const Incident& incident : of.older) add(incident);
  std::ranges::stable_sort(of.incidents,
                           [](const auto* a, const auto* b) { return a->opened > b->opened; });
  of.cut = of.incidents.size() > kMostInMonth;
  if (of.cut) of.incidents.resize(kMostInMonth);
  return of;
}

/// Every day of the month that has begun and was on the page, newest first; of a month that was
/// cut, or is not known whole, those with incidents only.
View month_days(const Edition& edition, const Month& month, const OfMonth& of) {
  const Snapshot& snapshot = edition.snapshot;
  const Zone& zone = snapshot.page.zone;
  std::map<std::string, std::vector<const Incident*>, std::greater<>> days;
  const bool whole = !of.cut && !of.unknown && !of.pending;
  const Time known = of.not_kept ? known_since(snapshot.as_of) + std::chrono::days(1) : Time{};
  const std::string first = zone.date_text(std::max({month.from, beginning(snapshot), known}));
  const std::string last = zone.date_text(std::min(month.to - Duration(1), snapshot.as_of));
  const auto noon =
      std::chrono::floor<std::chrono::days>(zone.local(month.from)) + std::chrono::hours(12);
  constexpr int kLongest = 31;
  for (int day = 0; whole && day < kLongest; ++day) {
    const std::string date = zone.date_text(zone.instant(noon + std::chrono::days(day)));
    if (date >= first && date <= last) days[date];
  }
  for (const Incident* incident : of.incidents)
    days[zone.date_text(incident->opened)].push_back(incident);
  ViewList list;
  for (const auto& [date, incidents] : days) {
    list.push_back(day_view(edition, date, incidents, kUpdatesInMonth));
  }
  return View(list);
}

View link_view(const Language& language, const std::optional<Month>& month) {
  if (!month) return View(false);
  View view;
  view["name"] = View(month->name);
  view["text"] = View(month_text(language, *month));
  return view;
}

View page_of(const Edition& edition, const Month& month, const OfMonth& of, bool archived) {
  const Snapshot& snapshot = edition.snapshot;
  const Zone& zone = snapshot.page.zone;
  View page = frame(edition);
  page["at_history"] = View(true);
  page["title"] = View(month_text(edition.language, month));
  page["text"] = View(month_text(edition.language, month));
  page["index"] = View(false);
  page["unknown"] = View(of.unknown);
  page["not_kept"] = View(of.not_kept);
  page["cut"] = View(of.cut);
  page["days"] = month_days(edition, month, of);
  const auto months = history_months(snapshot, archived);
  const auto there = [&](const Month& one) {
    return std::ranges::find(months, one.name, &Month::name) != months.end();
  };
  const Month before = month_of(month.from - Duration(1), zone);
  const Month after = month_of(month.to, zone);
  page["earlier"] =
      link_view(edition.language, there(before) ? std::optional(before) : std::nullopt);
  page["later"] = link_view(edition.language, there(after) ? std::optional(after) : std::nullopt);
  page["turns"] = View(there(before) || there(after));
  return page;
}

/// Counts the months of one page, a year of the archive at a time.
class Counter {
 public:
  Counter(const Snapshot& snapshot, const Chronicle& chronicle)
      : snapshot_(snapshot), chronicle_(chronicle) {
    for (const ServiceView& service : snapshot.services) own_.insert(service.id);
    for (const Incident& incident : snapshot.incidents) {
      ++counts_[month_of(incident.opened, snapshot.page.zone).name];
      counted_.insert(incident.id);
    }
  }

  /// None when it is not known, or not yet.
  std::optional<std::size_t> of(const Month& month) {
    const bool asked = is_known(month, snapshot_) || add_year(month.name.substr(0, 4));
    if (!asked) return std::nullopt;
    return counts_[month.name];
  }
  bool pending() const { return pending_; }

 private:
  bool add_year(const std::string& year) {
    if (const auto known = years_.find(year); known != years_.end()) return known->second;
    if (chronicle_.months == nullptr || years_.size() >= kYearsCounted) return false;
    const Zone& zone = snapshot_.page.zone;
    const auto first = parse_month(year + "-01", zone);
    const auto last = parse_month(year + "-12", zone);
    const auto found = chronicle_.months->counts(first->from, last->to, snapshot_.as_of);
    pending_ = pending_ || !found;
    const bool known = found && *found != nullptr;
    if (known) add(**found);
    return years_[year] = known;
  }
  void add(const std::vector<Counted>& all) {
    for (const Counted& one : all) {
      const bool own = snapshot_.page.parts == nullptr && snapshot_.page.slug.empty();
      const bool touches = own || std::ranges::any_of(one.services, [&](const std::string& id) {
                             return own_.contains(id);
                           });
      if (touches && counted_.insert(one.id).second)
        ++counts_[month_of(one.opened, snapshot_.page.zone).name];
    }
  }

  const Snapshot& snapshot_;
  const Chronicle& chronicle_;
  std::set<std::string, std::less<>> own_;
  std::map<std::string, std::size_t> counts_;
  std::set<std::string> counted_;
  std::map<std::string, bool> years_;
  bool pending_ = false;
};

View index_view(const Edition& edition, Counter& counter, bool archived) {
  const Snapshot& snapshot = edition.snapshot;
  std::map<std::string, ViewList, std::greater<>> years;
  for (const Month& month : history_months(snapshot, archived)) {
    View view = link_view(edition.language, month);
    const auto count = counter.of(month);
    view["count"] =
        count ? View(say_count(edition.language, "history.count", static_cast<long long>(*count)))
              : View(false);
    years[month.name.substr(0, 4)].push_back(std::move(view));
  }
  ViewList list;
  for (auto& [year, months] : years) {
    View view;
    view["year"] = View(year);
    view["months"] = View(std::move(months));
    list.push_back(std::move(view));
  }
  View index;
  index["years"] = View(std::move(list));
  index["not_kept"] = View(!archived && beginning(snapshot) < known_since(snapshot.as_of));
  return index;
}

}  // namespace

std::vector<Month> history_months(const Snapshot& snapshot, bool archived) {
  std::vector<Month> months;
  const Zone& zone = snapshot.page.zone;
  Month month = month_of(snapshot.as_of, zone);
  while (month.to > beginning(snapshot) && months.size() < kMostMonths) {
    if (!archived && !is_reached(month, snapshot)) break;
    months.push_back(month);
    month = month_of(month.from - Duration(1), zone);
  }
  return months;
}

HistoryPage history_page(const Edition& edition, const Chronicle& chronicle) {
  const Snapshot& snapshot = edition.snapshot;
  const bool archived = chronicle.months != nullptr;
  const Month month = month_of(snapshot.as_of, snapshot.page.zone);
  const OfMonth of = of_month(month, snapshot, chronicle);
  Counter counter(snapshot, chronicle);
  View page = page_of(edition, month, of, archived);
  page["title"] = View(edition.language.text("history.title"));
  page["index"] = index_view(edition, counter, archived);
  const bool lasting = !of.pending && !counter.pending();
  return {filled("history.mustache", page, edition.language), lasting};
}

std::optional<HistoryPage> month_page(const Edition& edition, const Chronicle& chronicle,
                                      std::string_view name) {
  const auto month = month_named(name, edition.snapshot);
  if (!month) return std::nullopt;
  const OfMonth of = of_month(*month, edition.snapshot, chronicle);
  if (of.pending) return std::nullopt;
  const View page = page_of(edition, *month, of, chronicle.months != nullptr);
  return HistoryPage{filled("history.mustache", page, edition.language), !of.unknown};
}

bool history_pending(const Snapshot& snapshot, const Chronicle& chronicle, std::string_view path) {
  if (chronicle.months == nullptr || !path.starts_with(kHistory)) return false;
  path.remove_prefix(kHistory.size());
  const auto waits = [&](const Month& month) {
    return !is_known(month, snapshot) &&
           !chronicle.months->incidents(month.from, month.to, snapshot.as_of);
  };
  if (path.empty()) {
    Counter counter(snapshot, chronicle);
    for (const Month& month : history_months(snapshot, true)) counter.of(month);
    return counter.pending() || waits(month_of(snapshot.as_of, snapshot.page.zone));
  }
  if (path.front() != '/') return false;
  const auto month = month_named(path.substr(1), snapshot);
  return month && waits(*month);
}

}  // namespace signalbox::web
