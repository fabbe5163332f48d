#include "web/documents/questions.h"

#include <charconv>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "web/documents/availability.h"
#include "web/documents/csv.h"
#include "web/documents/kind.h"
#include "web/documents/month_report.h"
#include "web/documents/question.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kReports = "reports/";

/// An address taken apart: `/api/services/ID/WHAT.FORM`.
struct Wanted {
  std::string_view service;
  std::string_view what;  ///< `availability`, `reports/2026-10`
  bool csv = false;
};

std::optional<Wanted> taken_apart(std::string_view path) {
  if (!path.starts_with(kAsked)) return std::nullopt;
  path.remove_prefix(kAsked.size());
  const auto slash = path.find('/');
  const auto dot = path.rfind('.');
  if (slash == std::string_view::npos || dot == std::string_view::npos || dot < slash) {
    return std::nullopt;
  }
  const std::string_view form = path.substr(dot);
  if (form != ".json" && form != ".csv") return std::nullopt;
  return Wanted{path.substr(0, slash), path.substr(slash + 1, dot - slash - 1), form == ".csv"};
}

std::optional<Month> month_asked(const Snapshot& snapshot, const ServiceView& service,
                                 const Wanted& asked) {
  if (!asked.what.starts_with(kReports)) return std::nullopt;
  return month_of_service(snapshot, service, asked.what.substr(kReports.size()));
}

DocumentPtr document(const Snapshot& snapshot, std::string body, bool csv) {
  Heading heading = heading_of(Kind::json, snapshot.page);
  if (csv) {
    heading.content_type = "text/csv; charset=utf-8";
    heading.extra += "Content-Disposition: attachment\r\n";
  }
  auto made = std::make_shared<const Document>(std::move(body), std::move(heading));
  made->bytes(Encoding::gzip);
  made->bytes(Encoding::brotli);
  return made;
}

std::optional<std::string> figures(const Snapshot& snapshot, const ServiceView& service,
                                   std::string_view query, bool csv, StaleSince stale_since,
                                   Archive& archive) {
  const auto stretch = stretch_of(service.id, query, snapshot.as_of, snapshot.page.zone);
  if (!stretch) return std::nullopt;
  const auto rows = archive.rollups(*stretch);
  if (!rows) return std::nullopt;
  return csv ? availability_csv(snapshot, *rows)
             : availability_json(snapshot, service, *stretch, *rows, stale_since);
}

std::optional<std::string> report(const Snapshot& snapshot, const ServiceView& service,
                                  const Month& month, bool csv, StaleSince stale_since,
                                  Archive& archive) {
  const auto found = service_month(snapshot, service, month, archive);
  if (!found) return std::nullopt;
  if (csv) return csv_line(month_names(snapshot)) + csv_line(month_cells(snapshot, *found));
  Json json = month_json(snapshot, *found);
  json["stale"] = stale_since.has_value();
  if (stale_since) json["not_updated_since"] = iso(*stale_since);
  return dumped(json);
}

constexpr Duration kSettled = std::chrono::hours(1);

/// What the report of `month` is made from, as far as it can change: while the month goes on, and
/// for an hour after it, everything in a publication; then the service, its incidents, and what
/// comes late, which is looked for once an hour.
std::string basis(const Snapshot& snapshot, const ServiceView& service, const Month& month) {
  if (snapshot.as_of < month.to + kSettled) return std::to_string(snapshot.generation);
  const auto part = [](auto number) { return std::to_string(number) + "\n"; };
  std::string all = service.name + "\n" + part(service.started.time_since_epoch().count()) +
                    part(snapshot.page.show_counts) + snapshot.page.zone.name() + "\n";
  for (const Incident& incident : snapshot.incidents) {
    const bool mine = incident.services.contains(service.id) && incident.opened < month.to &&
                      (!incident.resolved || *incident.resolved >= month.from);
    if (!mine) continue;
    const Time resolved = incident.resolved.value_or(snapshot.as_of);
    all += incident.id + "\n" + incident.name + "\n" + part(static_cast<int>(incident.worst)) +
           part(resolved.time_since_epoch().count());
  }
  return std::to_string(hash64(all)) + "/" +
         std::to_string(snapshot.as_of.time_since_epoch() / kSettled);
}

/// `BASIS STALE PATH?QUERY`, all normal: what an answer is kept by, and made from.
std::string key_of(std::string basis, StaleSince stale_since, std::string_view path,
                   const std::optional<Stretch>& stretch) {
  std::string key = std::move(basis) + " ";
  key += std::to_string(stale_since.value_or(Time{}).time_since_epoch().count()) + " ";
  key += path;
  if (!stretch) return key;
  const auto seconds = [](auto time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time).count());
  };
  return key + "?from=" + seconds(stretch->from.time_since_epoch()) +
         "&to=" + seconds(stretch->to.time_since_epoch()) + "&step=" + seconds(stretch->step);
}

/// Made on the archive's thread; null when it cannot be.
DocumentPtr made(const Snapshot& snapshot, std::string_view key, Archive& archive) {
  const auto first = key.find(' ');
  const auto second = key.find(' ', first + 1);
  Duration::rep stale = 0;
  std::from_chars(key.data() + first + 1, key.data() + second, stale);
  const StaleSince stale_since = stale == 0 ? StaleSince() : Time(Duration(stale));
  const std::string_view address = key.substr(second + 1);
  const auto mark = address.find('?');
  const std::string_view query =
      mark == std::string_view::npos ? std::string_view() : address.substr(mark + 1);
  const auto asked = taken_apart(address.substr(0, mark));
  const ServiceView* view = asked ? service(snapshot, asked->service) : nullptr;
  if (view == nullptr) return nullptr;
  const auto month = month_asked(snapshot, *view, *asked);
  auto body = month ? report(snapshot, *view, *month, asked->csv, stale_since, archive)
                    : figures(snapshot, *view, query, asked->csv, stale_since, archive);
  return body ? document(snapshot, std::move(*body), asked->csv) : nullptr;
}

/// With its compressed forms, and what it takes to keep it at all.
std::size_t weighed(const DocumentPtr& document) {
  constexpr std::size_t kLeast = std::size_t{16} * 1024;
  return kLeast + (document == nullptr ? 0 : document->body().size() * 3 / 2);
}

}  // namespace

Questions::Questions(std::shared_ptr<Lookups> lookups, std::size_t most_bytes)
    : shown_(std::make_shared<Shown>()),
      answers_(
          std::move(lookups), Lane::figures, most_bytes,
          [shown = shown_](Archive& archive, const std::string& key, Time) {
            SnapshotPtr snapshot;
            Told told;
            {
              const std::lock_guard lock(shown->mutex);
              snapshot = shown->snapshot;
              told = shown->told;
            }
            ToldArchive page(archive, told);
            return made(*snapshot, key, page);
          },
          weighed) {}

Reply Questions::ask(const SnapshotPtr& snapshot, std::string_view path, std::string_view query,
                     StaleSince stale_since, const Told& told) {
  const auto asked = taken_apart(path);
  const ServiceView* view = asked ? service(*snapshot, asked->service) : nullptr;
  if (view == nullptr) return {};
  std::optional<Stretch> stretch;
  std::string made_of = std::to_string(snapshot->generation);
  if (asked->what == "availability") {
    auto meant = stretch_of(view->id, query, snapshot->as_of, snapshot->page.zone);
    if (!meant) return {.status = 400, .wrong = dumped({{"error", meant.error().what}})};
    stretch = std::move(*meant);
  } else if (const auto month = month_asked(*snapshot, *view, *asked)) {
    made_of = basis(*snapshot, *view, *month);
  } else {
    return {};
  }
  {
    const std::lock_guard lock(shown_->mutex);
    if (shown_->snapshot == nullptr || shown_->snapshot->generation <= snapshot->generation) {
      shown_->snapshot = snapshot;
      shown_->told = told;
    }
  }
  const auto answer =
      answers_.find(key_of(std::move(made_of), stale_since, path, stretch), snapshot->as_of);
  if (!answer) return {.status = 503, .later = true};
  if (*answer == nullptr) return {.status = 503};
  return {.status = 200, .document = *answer};
}

}  // namespace signalbox::web
