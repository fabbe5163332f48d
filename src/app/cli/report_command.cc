#include "app/cli/report_command.h"

#include <algorithm>
#include <ostream>
#include <utility>
#include <vector>

#include "app/cli/check_config.h"
#include "app/cli/kept_board.h"
#include "app/cli/report_text.h"
#include "app/prepare.h"
#include "app/server/archive.h"
#include "base/text.h"
#include "board/board.h"
#include "store/open.h"
#include "web/documents/csv.h"
#include "web/documents/month_report.h"
#include "web/documents/words.h"

namespace signalbox::app {
namespace {

constexpr int kFailed = 1;
constexpr int kBadUsage = 2;

int fail(std::ostream& err, int code, const std::string& what) {
  err << "signalbox: " << one_line(what) << "\n";
  return code;
}

Result<Month> month_meant(const std::string& text, const Zone& zone, Time now) {
  const auto month = parse_month(text, zone);
  if (!month) return invalid("--month " + text + " is no month: write it as 2026-10");
  if (month->from <= now) return *month;
  return invalid("--month " + text + " is to come: the newest is " + month_of(now, zone).name);
}

/// All, or the one that was named; none when there is none of that name.
std::vector<ServiceView> services_meant(const Snapshot& snapshot, const std::string& id) {
  if (id.empty()) return snapshot.services;
  const ServiceView* one = web::service(snapshot, id);
  return one == nullptr ? std::vector<ServiceView>() : std::vector<ServiceView>{*one};
}

using Months = std::vector<web::ServiceMonth>;

void print_text(const Snapshot& snapshot, const Month& month, const Months& months,
                std::ostream& out) {
  out << one_line(printable(snapshot.page.name)) << ", " << month.name << " ("
      << snapshot.page.zone.name() << "), as of " << snapshot.page.zone.iso(snapshot.as_of)
      << "\n\n";
  for (const web::ServiceMonth& one : months) out << report_text(snapshot, one);
}

void print_json(const Snapshot& snapshot, const Month& month, const Months& months,
                std::ostream& out) {
  web::Json services = web::Json::array();
  for (const web::ServiceMonth& one : months) {
    services.push_back(web::month_json(snapshot, one));
  }
  const web::Json all = {{"page", web::shown(snapshot.page.name)},
                         {"month", month.name},
                         {"time_zone", snapshot.page.zone.name()},
                         {"as_of", iso(snapshot.as_of)},
                         {"services", std::move(services)}};
  out << web::dumped(all) << "\n";
}

void print_csv(const Snapshot& snapshot, const Months& months, std::ostream& out) {
  out << web::csv_line(web::month_names(snapshot));
  for (const web::ServiceMonth& one : months) {
    out << web::csv_line(web::month_cells(snapshot, one));
  }
}

Result<Snapshot> board_at(const Prepared& prepared, Time now) {
  const auto archive = store::open_archive(prepared.config->store);
  if (!archive) return archive.error();
  return kept_board(**archive, prepared.setup.plan, now);
}

}  // namespace

int report_command(const ReportOrder& order, const Clock& clock, std::ostream& out,
                   std::ostream& err) {
  const Prepared prepared = prepare(order.config);
  tell(prepared.misfits, err);
  if (!prepared.config) return kBadUsage;
  const Time now = clock.now();
  const auto month = month_meant(order.month, prepared.setup.plan.page.zone, now);
  if (!month) return fail(err, kBadUsage, month.error().what);
  auto kept = board_at(prepared, now);
  if (!kept) return fail(err, kFailed, kept.error().what);
  board::Board board;
  board.publish(std::move(*kept));
  const Snapshot& snapshot = *board.newest();
  const std::vector<ServiceView> services = services_meant(snapshot, order.service);
  if (services.empty() && !order.service.empty()) {
    return fail(err, kBadUsage,
                "--service " + order.service + " is on no page: see signalbox status");
  }
  PageArchive archive(prepared.config->store, &board);
  Months months;
  for (const ServiceView& service : services) {
    auto one = web::service_month(snapshot, service, *month, archive);
    if (!one) return fail(err, kFailed, "what is kept of " + service.id + " cannot be read");
    months.push_back(std::move(*one));
  }
  if (order.format == "json") print_json(snapshot, *month, months, out);
  if (order.format == "csv") print_csv(snapshot, months, out);
  if (order.format == "text") print_text(snapshot, *month, months, out);
  return 0;
}

}  // namespace signalbox::app
