#include "web/documents/made_on_demand.h"

#include <algorithm>
#include <utility>

#include "model/service.h"
#include "web/documents/address.h"
#include "web/documents/assets.h"
#include "web/documents/embedded.h"
#include "web/documents/pages.h"
#include "web/documents/service_groups.h"
#include "web/documents/table.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kServices = "/services/";
constexpr std::string_view kIncidents = "/incidents/";
constexpr std::string_view kGroups = "/groups/";

/// Of the documents of a publication that are made for somebody: incidents, services, their feeds
/// and badges. Of the publication before as many may still be kept, to be taken over, and as many
/// of those that say since when nothing was heard.
constexpr std::size_t kMostBytes = std::size_t{16} * 1024 * 1024;

std::size_t most_bytes(const Snapshot& snapshot) {
  return snapshot.page.slug.empty() ? kMostBytes : kMostBytes / 8;
}

Keeping kept_if(bool lasting) { return lasting ? Keeping::bounded : Keeping::passing; }

}  // namespace

MadeOnDemand::MadeOnDemand(Shown shown, std::shared_ptr<Memory> memory)
    : shown_(std::move(shown)),
      snapshot_(shown_.snapshot),
      offer_(snapshot_->page),
      memory_(std::move(memory)),
      fresh_(most_bytes(*snapshot_)),
      stale_(most_bytes(*snapshot_)) {}

DocumentPtr MadeOnDemand::find(std::string_view path, std::string_view language) const {
  return found(fresh_, offer_.asked(path, language), {});
}

DocumentPtr MadeOnDemand::make_once(std::string_view path) const {
  const std::optional<Asked> asked = offer_.asked(path, {});
  if (!asked) return nullptr;
  std::optional<Made> body = make(asked->path, asked->edition(*snapshot_, {}));
  return body ? made(*asked, *std::move(body)) : nullptr;
}

DocumentPtr MadeOnDemand::find_stale(std::string_view path, Time since,
                                     std::string_view language) const {
  const Time told = std::max(since, snapshot_->as_of);
  {
    const std::lock_guard lock(mutex_);
    if (told != stale_told_) stale_.clear();
    stale_told_ = told;
  }
  return found(stale_, offer_.asked(path, language), told);
}

std::string_view MadeOnDemand::language(std::string_view accept_language) const {
  return offer_.language(accept_language);
}

std::string MadeOnDemand::moved(std::string_view path) const { return offer_.moved(path); }

bool MadeOnDemand::pending(std::string_view path) const {
  if (memory_ == nullptr) return false;
  path = address_of(path).rest;
  const Time now = snapshot_->as_of;
  if (path.starts_with(kServices)) {
    const std::string_view id = path.substr(kServices.size());
    const ServiceView* view = service(*snapshot_, id);
    return view != nullptr &&
           !memory_->said->histories.settled(history_key(*snapshot_, *view), now);
  }
  if (path.starts_with(kHistory)) return history_pending(*snapshot_, chronicle(), path);
  if (!path.starts_with(kIncidents)) return false;
  const std::string_view id = path.substr(kIncidents.size());
  OldIncidents& incidents = memory_->said->incidents;
  return !in_snapshot(id) && !incidents.find(id, now) && incidents.pending(id);
}

Reply MadeOnDemand::ask(std::string_view path, std::string_view query,
                        StaleSince stale_since) const {
  if (memory_ == nullptr) return {};
  if (stale_since) stale_since = std::max(*stale_since, snapshot_->as_of);
  return memory_->questions.ask(snapshot_, path, query, stale_since, told());
}

std::vector<std::string> MadeOnDemand::paths() const {
  std::vector<std::string> list;
  for (const FixedDocument& entry : fixed_documents()) {
    list.emplace_back(entry.path);
  }
  list.emplace_back(kHistory);
  for (const Month& month : history_months(*snapshot_, false)) {
    list.push_back(std::string(kHistory) + "/" + month.name);
  }
  for (const ServiceView& service : snapshot_->services) {
    list.push_back(std::string(kServices) + service.id);
    for (const ServiceDocument& entry : service_documents()) {
      list.push_back(path_of(entry, service.id));
    }
  }
  for (const ServiceGroup& group : service_groups(*snapshot_)) {
    if (!group.name.empty()) list.push_back(std::string(kGroups) + group_slug(group.name));
  }
  for (const Incident& incident : snapshot_->incidents) {
    list.push_back("/incidents/" + incident.id);
  }
  for (const Maintenance& maintenance : snapshot_->maintenances) {
    list.push_back("/incidents/" + maintenance.id);
  }
  for (std::string& path : asset_paths()) list.push_back(std::move(path));
  return offer_.addresses(std::move(list));
}

DocumentPtr MadeOnDemand::found(Kept& kept, const std::optional<Asked>& asked,
                                StaleSince stale_since) const {
  if (!asked) return nullptr;
  return kept.at(asked->key, [&]() -> Kept::Made {
    std::optional<Made> body = make(asked->path, asked->edition(*snapshot_, stale_since));
    if (!body) return {};
    const Keeping keeping = body->keeping;
    return {made(*asked, std::move(*body)), keeping};
  });
}

DocumentPtr MadeOnDemand::made(const Asked& asked, Made made) const {
  const bool lasting = made.keeping != Keeping::passing;
  const DocumentPtr before = lasting ? made_before(asked.key) : nullptr;
  if (before != nullptr && before->body() == made.body) return before;
  Heading heading = heading_of(made.kind, snapshot_->page);
  if (!made.content_type.empty()) heading.content_type = made.content_type;
  if (is_page(made.kind)) say_language(heading, asked);
  return std::make_shared<Document>(std::move(made.body), std::move(heading));
}

void MadeOnDemand::say_language(Heading& heading, const Asked& asked) const {
  heading.extra += "Content-Language: " + asked.language->code() + "\r\n";
  if (!asked.forced && offer_.languages().size() > 1) heading.vary = "Accept-Language";
}

DocumentPtr MadeOnDemand::made_before(const std::string& path) const {
  const std::lock_guard lock(mutex_);
  const auto old = previous_.find(path);
  return old == previous_.end() ? nullptr : std::exchange(old->second, nullptr);
}

std::optional<MadeOnDemand::Made> MadeOnDemand::make(std::string_view path,
                                                     const Edition& edition) const {
  const auto fixed = fixed_documents();
  const auto entry = std::ranges::find(fixed, path, &FixedDocument::path);
  if (entry != fixed.end()) {
    return Made{entry->make(edition), entry->kind, Keeping::always};
  }
  if (path.starts_with(kHistory)) {
    if (auto made = history_made(edition, path)) return made;
  }
  if (path.starts_with(kServices)) {
    return service_made(edition, path.substr(kServices.size()));
  }
  if (path.starts_with(kIncidents)) {
    return incident_made(edition, path.substr(kIncidents.size()));
  }
  if (path.starts_with(kGroups)) {
    return group_made(edition, path.substr(kGroups.size()));
  }
  if (const auto asset = asset_at(path)) {
    return Made{asset_content(asset->name), Kind::asset, Keeping::always,
                std::string(asset->content_type)};
  }
  return of_service(edition, path);
}

std::optional<MadeOnDemand::Made> MadeOnDemand::group_made(const Edition& edition,
                                                           std::string_view slug) const {
  for (const ServiceGroup& group : service_groups(*snapshot_)) {
    if (group.name.empty() || group_slug(group.name) != slug) continue;
    return Made{group_page(edition, group), Kind::html};
  }
  return std::nullopt;
}

std::optional<MadeOnDemand::Made> MadeOnDemand::of_service(const Edition& edition,
                                                           std::string_view path) const {
  for (const ServiceDocument& entry : service_documents()) {
    const ServiceView* view = service(*snapshot_, id_in(entry, path));
    if (view != nullptr) return Made{entry.make(edition, *view), entry.kind};
  }
  return std::nullopt;
}

std::optional<MadeOnDemand::Made> MadeOnDemand::service_made(const Edition& edition,
                                                             std::string_view id) const {
  const ServiceView* view = service(*snapshot_, id);
  if (view == nullptr) return std::nullopt;
  Past past{memory_ != nullptr, nullptr};
  const std::string key = history_key(*snapshot_, *view);
  if (past.kept) past.history = memory_->said->histories.find(key, snapshot_->as_of);
  const bool lasting = !past.kept || memory_->said->histories.settled(key, snapshot_->as_of);
  return Made{service_page(edition, *view, past), Kind::charts, kept_if(lasting)};
}

bool MadeOnDemand::in_snapshot(std::string_view id) const {
  const auto same = [id](const auto& item) { return item.id == id; };
  return std::ranges::any_of(snapshot_->incidents, same) ||
         std::ranges::any_of(snapshot_->maintenances, same);
}

std::optional<MadeOnDemand::Made> MadeOnDemand::incident_made(const Edition& edition,
                                                              std::string_view id) const {
  const auto incident = std::ranges::find(snapshot_->incidents, id, &Incident::id);
  if (incident != snapshot_->incidents.end()) {
    return Made{incident_page(edition, *incident), Kind::html};
  }
  const auto maintenance = std::ranges::find(snapshot_->maintenances, id, &Maintenance::id);
  if (maintenance != snapshot_->maintenances.end()) {
    return Made{maintenance_page(edition, *maintenance), Kind::html};
  }
  if (memory_ == nullptr) return std::nullopt;
  const auto kept = memory_->said->incidents.find(id, snapshot_->as_of);
  const Told telling = told();
  const auto old = kept && telling ? telling(*kept) : kept;
  if (!old) return std::nullopt;
  return Made{incident_page(edition, *old), Kind::html};
}

Told MadeOnDemand::told() const {
  if (shown_.excerpt == nullptr) return {};
  return [whole = shown_.whole, excerpt = shown_.excerpt](const Incident& kept) {
    return excerpt->incident(kept);
  };
}

Chronicle MadeOnDemand::chronicle() const {
  return {memory_ == nullptr ? nullptr : &memory_->said->months, told()};
}

std::optional<MadeOnDemand::Made> MadeOnDemand::history_made(const Edition& edition,
                                                             std::string_view path) const {
  path.remove_prefix(kHistory.size());
  if (path.empty()) {
    HistoryPage page = history_page(edition, chronicle());
    return Made{std::move(page.body), Kind::html, kept_if(page.lasting)};
  }
  if (path.front() != '/') return std::nullopt;
  auto page = month_page(edition, chronicle(), path.substr(1));
  if (!page) return std::nullopt;
  return Made{std::move(page->body), Kind::html, kept_if(page->lasting)};
}

}  // namespace signalbox::web
