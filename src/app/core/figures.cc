#include "app/core/figures.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "board/states.h"

namespace signalbox::app {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using store::Grain;

/// The windows shown, and the sums they are made of.
struct Window {
  Duration reach;
  Grain grain;
};
constexpr std::array kWindows{Window{minutes(5), Grain::minute}, Window{hours(24), Grain::hour},
                              Window{days(7), Grain::day}, Window{days(30), Grain::day},
                              Window{days(90), Grain::day}};
constexpr days kDaysShown{90};
constexpr Duration kRenewed = minutes(1);  // the running day, where nothing else changed

std::size_t place(Grain grain) { return static_cast<std::size_t>(grain); }

/// How often a service's running day was due to be made anew by `now`. Each has a moment of its own
/// in the minute, so that one turn does not make them all.
Duration::rep turns(const std::string& service, Time now) {
  const auto moment = hash64(service) % static_cast<std::uint64_t>(kRenewed.count());
  return (now.time_since_epoch().count() + static_cast<Duration::rep>(moment)) / kRenewed.count();
}

Time floored(Time instant, Grain grain) { return store::floor_to(instant, span_of(grain)); }

/// The beginning of the oldest row that any window of this grain reaches.
Time oldest(Grain grain, Time now) {
  Time from = now;
  for (const Window& window : kWindows) {
    if (window.grain == grain) from = std::min(from, now - window.reach);
  }
  return floored(from, grain);
}

void add_row(std::map<Time, Rollup>& rows, Grain grain, const Rollup& moved) {
  const Time start = floored(moved.from, grain);
  Rollup& row = rows[start];
  row.from = start;
  row.span = span_of(grain);
  row += moved;
}

}  // namespace

Result<Figures> Figures::read(const Sums& sums, Time now) {
  Figures figures;
  for (const Grain grain : store::kGrains) {
    const auto rows = sums(grain, oldest(grain, now));
    if (!rows) return rows.error();
    for (const store::ServiceSums& row : *rows) {
      add_row(figures.services_[row.service].rows.at(place(grain)), grain, row.sums);
    }
  }
  return figures;
}

void Figures::add(const store::ServiceSums& moved) {
  Of& of = services_[moved.service];
  for (const Grain grain : store::kGrains) add_row(of.rows.at(place(grain)), grain, moved.sums);
  const bool past = moved.sums.from < floored(of.days.at, Grain::day);
  of.past_moved = of.past_moved || past;
}

std::vector<Rollup> Figures::windows(const std::string& service, Time start, Time now) const {
  static const Of kNone;
  const auto found = services_.find(service);
  const Of& of = found == services_.end() ? kNone : found->second;
  std::vector<Rollup> all;
  all.reserve(kWindows.size());
  for (const Window& window : kWindows) {
    const Rows& rows = of.rows.at(place(window.grain));
    Rollup& sum = all.emplace_back();
    const Time end = floored(now, window.grain) + span_of(window.grain);
    sum.from = std::max(floored(now - window.reach, window.grain), floored(start, window.grain));
    sum.from = std::min(sum.from, end);
    sum.span = end - sum.from;
    for (auto row = rows.lower_bound(sum.from); row != rows.end() && row->first < end; ++row) {
      sum += row->second;
    }
  }
  return all;
}

std::shared_ptr<const std::vector<Rollup>> Figures::days(const std::string& service,
                                                         const ServiceEntry& entry, Time start,
                                                         Time now) {
  Of& of = services_[service];
  Days& last = of.days;
  const bool same = last.start == start && last.since == entry.since && last.shown == entry.shown &&
                    floored(last.at, Grain::day) == floored(now, Grain::day) && !of.past_moved;
  if (same && turns(service, last.at) == turns(service, now)) return last.made;
  std::vector<Rollup> made;
  made.reserve(static_cast<std::size_t>(kDaysShown.count()));
  const auto today = std::chrono::floor<std::chrono::days>(now);
  const Rows& rows = of.rows.at(place(Grain::day));
  for (auto day = today - kDaysShown + std::chrono::days(1); day <= today;
       day += std::chrono::days(1)) {
    if (day + std::chrono::days(1) <= start) continue;
    const auto row = rows.find(day);
    Rollup rollup = row == rows.end() ? Rollup{day, std::chrono::days(1)} : row->second;
    rollup.states = board::states_of(entry, day, now);
    if (!rollup.empty()) made.push_back(std::move(rollup));
  }
  std::shared_ptr<const std::vector<Rollup>> shared;
  if (!made.empty()) shared = std::make_shared<const std::vector<Rollup>>(std::move(made));
  last = {std::move(shared), now, start, entry.since, entry.shown};
  of.past_moved = false;
  return last.made;
}

void Figures::describe(const Service& service, const Book& book, Time now,
                       board::Ingredients& with) {
  constexpr std::size_t kMonth = 3;  // in kWindows
  const auto entry = book.entries.find(service.id);
  if (entry == book.entries.end()) return;
  const Time start = board::starts(service, entry->second);
  std::vector<Rollup> sums = windows(service.id, start, now);
  if (sums.at(kMonth).requests.total > 0) with.month[service.id] = sums.at(kMonth).requests;
  with.windows[service.id] = std::move(sums);
  with.days[service.id] = days(service.id, entry->second, start, now);
}

void Figures::forget(Time now) {
  for (auto& [service, of] : services_) {
    for (const Grain grain : store::kGrains) {
      Rows& rows = of.rows.at(place(grain));
      rows.erase(rows.begin(), rows.lower_bound(oldest(grain, now)));
    }
  }
}

}  // namespace signalbox::app
