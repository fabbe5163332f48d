#include "web/documents/month_report.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "web/documents/figures_json.h"
#include "web/documents/months.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr const char* kMttrFormula =
    "mean of the time from joining an incident to being UP in it, of those over in the month";
constexpr const char* kMtbfFormula =
    "(seconds known - seconds in trouble) / incidents opened in the month";

/// The coarsest whose steps part the month exactly, so that few rows are read.
Stretch stretch_of(const ServiceView& service, const Month& month) {
  constexpr std::array<Duration, 4> kSteps = {days(1), hours(1), minutes(30), minutes(15)};
  const auto parts = [&month](Duration step) {
    return month.from.time_since_epoch() % step == Duration(0) &&
           month.to.time_since_epoch() % step == Duration(0);
  };
  const auto* const step = std::ranges::find_if(kSteps, parts);
  if (step != kSteps.end()) return {service.id, month.from, month.to, *step};
  return {service.id, std::chrono::floor<minutes>(month.from), std::chrono::ceil<minutes>(month.to),
          minutes(1)};
}

/// `newer`, then those of `older` that are not among them.
std::vector<Incident> with_older(std::vector<Incident> newer, const std::vector<Incident>& older) {
  std::set<std::string> known;
  for (const Incident& incident : newer) known.insert(incident.id);
  for (const Incident& incident : older) {
    if (known.insert(incident.id).second) newer.push_back(incident);
  }
  return newer;
}

/// What is in the snapshot need not be asked for.
std::optional<std::vector<Incident>> incidents_of(const Snapshot& snapshot, const Month& month,
                                                  Archive& archive) {
  std::vector<Incident> newer;
  for (const Incident& incident : snapshot.incidents) newer.push_back(incident);
  if (month.from > known_since(snapshot.as_of)) return newer;
  const auto older = archive.incidents(month.from, month.to);
  if (!older) return std::nullopt;
  return with_older(std::move(newer), *older);
}

Json seconds_or_null(const std::optional<Duration>& time) {
  return time ? number(std::chrono::duration<double>(*time).count()) : Json(nullptr);
}

Json incident_json(const Incident& incident) {
  const auto took = incident.resolved ? std::optional(*incident.resolved - incident.opened)
                                      : std::optional<Duration>();
  return {{"id", incident.id},
          {"name", shown(incident.name)},
          {"worst", std::string(word(incident.worst))},
          {"opened", iso(incident.opened)},
          {"resolved", incident.resolved ? Json(iso(*incident.resolved)) : Json(nullptr)},
          {"seconds", seconds_or_null(took)},
          {"automatic", incident.automatic}};
}

Json reliability_json(const ServiceMonth& month) {
  const board::Reliability& found = month.reliability;
  Json list = Json::array();
  for (const Incident& incident : month.incidents) list.push_back(incident_json(incident));
  return {{"count", found.opened},
          {"resolved", found.resolved},
          {"open", found.open},
          {"known_seconds", seconds_or_null(found.known)},
          {"trouble_seconds", seconds_or_null(found.trouble)},
          {"longest_seconds", seconds_or_null(found.longest)},
          {"mttr", {{"formula", kMttrFormula}, {"seconds", seconds_or_null(found.mttr())}}},
          {"mtbf", {{"formula", kMtbfFormula}, {"seconds", seconds_or_null(found.mtbf())}}},
          {"list", std::move(list)}};
}

}  // namespace

bool ServiceMonth::empty() const { return sum.empty() && incidents.empty(); }

board::Reliability month_reliability(const Snapshot& snapshot, const ServiceView& service,
                                     const Month& month, const std::vector<Incident>& older) {
  std::vector<Incident> mine;
  for (const Incident& incident : snapshot.incidents) {
    if (incident.services.contains(service.id))
      mine.push_back(board::own_trouble(incident, service.id));
  }
  return board::reliability(with_older(std::move(mine), older), service.id, month, service.started,
                            snapshot.as_of);
}

std::optional<ServiceMonth> service_month(const Snapshot& snapshot, const ServiceView& service,
                                          const Month& month, Archive& archive) {
  const auto rows = archive.rollups(stretch_of(service, month));
  if (!rows) return std::nullopt;
  const auto incidents = incidents_of(snapshot, month, archive);
  if (!incidents) return std::nullopt;
  ServiceMonth found{service, month, {}, {}, {}};
  for (const Rollup& row : *rows) found.sum += row;
  found.incidents = board::troubles(*incidents, service.id, month);
  found.reliability =
      board::reliability(*incidents, service.id, month, service.started, snapshot.as_of);
  return found;
}

std::optional<Month> month_of_service(const Snapshot& snapshot, const ServiceView& service,
                                      std::string_view text) {
  const auto month = parse_month(text, snapshot.page.zone);
  if (!month || month->from > snapshot.as_of || month->to <= service.started) return std::nullopt;
  return month;
}

Json month_json(const Snapshot& snapshot, const ServiceMonth& month) {
  const bool counts = snapshot.page.show_counts;
  const Zone& zone = snapshot.page.zone;
  return {{"service", month.service.id},
          {"name", shown(month.service.name)},
          {"month", month.month.name},
          {"time_zone", zone.name()},
          {"from", zone.iso(month.month.from)},
          {"to", zone.iso(month.month.to)},
          {"as_of", iso(snapshot.as_of)},
          {"any", !month.empty()},
          {"request_availability", request_availability_json(month.sum, counts)},
          {"tries", sums_json(month.sum.tries, counts)},
          {"uptime", uptime_json(month.sum.states)},
          {"latency", latency_json(month.sum.latencies, counts)},
          {"incidents", reliability_json(month)}};
}

Cells month_names(const Snapshot& snapshot) {
  return joined(joined({"service", "name", "month"}, figure_names(snapshot.page.show_counts)),
                {"incidents", "resolved", "open", "known_seconds", "trouble_seconds",
                 "longest_seconds", "mttr_seconds", "mtbf_seconds"});
}

Cells month_cells(const Snapshot& snapshot, const ServiceMonth& month) {
  const board::Reliability& found = month.reliability;
  return joined(
      joined({month.service.id, shown(month.service.name), month.month.name},
             figure_cells(month.sum, snapshot.page.show_counts)),
      {std::to_string(found.opened), std::to_string(found.resolved), std::to_string(found.open),
       seconds_cell(found.known), seconds_cell(found.trouble), seconds_cell(found.longest),
       seconds_cell(found.mttr()), seconds_cell(found.mtbf())});
}

}  // namespace signalbox::web
