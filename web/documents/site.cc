// Which document is at which path, and making each once.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "model/service.h"
#include "web/documents/assets.h"
#include "web/documents/embedded.h"
#include "web/documents/histories.h"
#include "web/documents/kept.h"
#include "web/documents/kind.h"
#include "web/documents/old_incidents.h"
#include "web/documents/pages.h"
#include "web/documents/questions.h"
#include "web/documents/service_groups.h"
#include "web/documents/table.h"
#include "web/documents/view.h"
#include "web/documents/words.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

/// What the sites that follow each other share of the archive's answers.
struct Memory {
  explicit Memory(Archive& archive)
      : lookups(std::make_shared<Lookups>(archive)),
        incidents(lookups),
        histories(lookups),
        questions(lookups) {}

  std::shared_ptr<Lookups> lookups;
  OldIncidents incidents;
  Histories histories;
  Questions questions;
};

/// A body and what kind it is; none when nothing is at the path.
struct Made {
  std::string body;
  Kind kind = Kind::text;
  Keeping keeping = Keeping::bounded;
  std::string content_type = {};  ///< "": the kind's
};

class MadeOnDemand final : public Site {
 public:
  MadeOnDemand(SnapshotPtr snapshot, std::shared_ptr<Memory> memory)
      : snapshot_(std::move(snapshot)), memory_(std::move(memory)) {}

  const SnapshotPtr& snapshot() const override { return snapshot_; }

  DocumentPtr find(std::string_view path) const override {
    return found(fresh_, std::string(path), {});
  }

  DocumentPtr make_once(std::string_view path) const override {
    std::optional<Made> body = make(path, {});
    return body ? made(std::string(path), *std::move(body)) : nullptr;
  }

  DocumentPtr find_stale(std::string_view path, Time since) const override {
    const Time told = std::max(since, snapshot_->as_of);
    {
      const std::lock_guard lock(mutex_);
      if (told != stale_told_) stale_.clear();
      stale_told_ = told;
    }
    return found(stale_, std::string(path), told);
  }

  bool pending(std::string_view path) const override {
    if (memory_ == nullptr) return false;
    const Time now = snapshot_->as_of;
    if (path.starts_with(kServices)) {
      const std::string_view id = path.substr(kServices.size());
      const ServiceView* view = service(*snapshot_, id);
      return view != nullptr && !memory_->histories.settled(history_key(*snapshot_, *view), now);
    }
    if (!path.starts_with(kIncidents)) return false;
    const std::string_view id = path.substr(kIncidents.size());
    return !in_snapshot(id) && !memory_->incidents.find(id, now) && memory_->incidents.pending(id);
  }

  Reply ask(std::string_view path, std::string_view query, StaleSince stale_since) const override {
    if (memory_ == nullptr) return {};
    if (stale_since) stale_since = std::max(*stale_since, snapshot_->as_of);
    return memory_->questions.ask(snapshot_, path, query, stale_since);
  }

  const std::shared_ptr<Memory>& memory() const { return memory_; }

  std::vector<std::string> paths() const override {
    std::vector<std::string> list;
    for (const Entry& entry : fixed_documents()) {
      list.emplace_back(entry.path);
    }
    for (const ServiceView& service : snapshot_->services) {
      list.push_back(std::string(kServices) + service.id);
      for (const ServiceEntry& entry : service_documents()) {
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
    return list;
  }

  /// Keeps what `before` made, to take over what has not changed.
  void follow(const MadeOnDemand& before) { previous_ = before.fresh_.all(); }

 private:
  static constexpr std::string_view kServices = "/services/";
  static constexpr std::string_view kIncidents = "/incidents/";
  static constexpr std::string_view kGroups = "/groups/";

  DocumentPtr found(Kept& kept, const std::string& path, StaleSince stale_since) const {
    return kept.at(path, [&]() -> Kept::Made {
      std::optional<Made> body = make(path, stale_since);
      if (!body) return {};
      const Keeping keeping = body->keeping;
      return {made(path, std::move(*body)), keeping};
    });
  }

  DocumentPtr made(const std::string& path, Made made) const {
    const bool lasting = made.keeping != Keeping::passing;
    const DocumentPtr before = lasting ? made_before(path) : nullptr;
    if (before != nullptr && before->body() == made.body) return before;
    Heading heading = heading_of(made.kind, snapshot_->page);
    if (!made.content_type.empty()) heading.content_type = made.content_type;
    return std::make_shared<Document>(std::move(made.body), std::move(heading));
  }

  /// The document of the site before, given once.
  DocumentPtr made_before(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    const auto old = previous_.find(path);
    return old == previous_.end() ? nullptr : std::exchange(old->second, nullptr);
  }

  Edition edition(std::string_view path, StaleSince stale_since) const {
    return {*snapshot_, stale_since, english(), root_of(path)};
  }

  std::optional<Made> make(std::string_view path, StaleSince stale_since) const {
    const auto fixed = fixed_documents();
    const auto entry = std::ranges::find(fixed, path, &Entry::path);
    if (entry != fixed.end()) {
      return Made{entry->make(edition(path, stale_since)), entry->kind, Keeping::always};
    }
    if (path.starts_with(kServices)) {
      return service_made(edition(path, stale_since), path.substr(kServices.size()));
    }
    if (path.starts_with(kIncidents)) {
      return incident_made(edition(path, stale_since), path.substr(kIncidents.size()));
    }
    if (path.starts_with(kGroups)) {
      return group_made(edition(path, stale_since), path.substr(kGroups.size()));
    }
    if (const auto asset = asset_at(path)) {
      return Made{embedded(asset->name), Kind::asset, Keeping::always,
                  std::string(asset->content_type)};
    }
    return of_service(edition(path, stale_since), path);
  }

  std::optional<Made> group_made(const Edition& edition, std::string_view slug) const {
    for (const ServiceGroup& group : service_groups(*snapshot_)) {
      if (group.name.empty() || group_slug(group.name) != slug) continue;
      return Made{group_page(edition, group), Kind::html};
    }
    return std::nullopt;
  }

  std::optional<Made> of_service(const Edition& edition, std::string_view path) const {
    for (const ServiceEntry& entry : service_documents()) {
      const ServiceView* view = service(*snapshot_, id_in(entry, path));
      if (view != nullptr) return Made{entry.make(edition, *view), entry.kind};
    }
    return std::nullopt;
  }

  std::optional<Made> service_made(const Edition& edition, std::string_view id) const {
    const ServiceView* view = service(*snapshot_, id);
    if (view == nullptr) return std::nullopt;
    Past past{memory_ != nullptr, nullptr};
    const std::string key = history_key(*snapshot_, *view);
    if (past.kept) past.history = memory_->histories.find(key, snapshot_->as_of);
    const bool lasting = !past.kept || memory_->histories.settled(key, snapshot_->as_of);
    return Made{service_page(edition, *view, past), Kind::charts,
                lasting ? Keeping::bounded : Keeping::passing};
  }

  bool in_snapshot(std::string_view id) const {
    const auto same = [id](const auto& item) { return item.id == id; };
    return std::ranges::any_of(snapshot_->incidents, same) ||
           std::ranges::any_of(snapshot_->maintenances, same);
  }

  std::optional<Made> incident_made(const Edition& edition, std::string_view id) const {
    const auto incident = std::ranges::find(snapshot_->incidents, id, &Incident::id);
    if (incident != snapshot_->incidents.end()) {
      return Made{incident_page(edition, *incident), Kind::html};
    }
    const auto maintenance = std::ranges::find(snapshot_->maintenances, id, &Maintenance::id);
    if (maintenance != snapshot_->maintenances.end()) {
      return Made{maintenance_page(edition, *maintenance), Kind::html};
    }
    if (memory_ == nullptr) return std::nullopt;
    const auto old = memory_->incidents.find(id, snapshot_->as_of);
    if (!old) return std::nullopt;
    return Made{incident_page(edition, *old), Kind::html};
  }

  /// Of the documents of a publication that are made for somebody: incidents, services, their
  /// feeds and badges. Of the publication before as many may still be kept, to be taken over, and
  /// as many of those that say since when nothing was heard.
  static constexpr std::size_t kMostBytes = std::size_t{16} * 1024 * 1024;

  SnapshotPtr snapshot_;
  std::shared_ptr<Memory> memory_;  // null: there is no archive
  mutable std::mutex mutex_;
  mutable Kept fresh_{kMostBytes}, stale_{kMostBytes};
  mutable std::unordered_map<std::string, DocumentPtr> previous_;
  mutable Time stale_told_{};  // the "not updated since" in stale_
};

}  // namespace

SitePtr render(const SnapshotPtr& snapshot, const SitePtr& before, Archive* archive) {
  const auto* previous = dynamic_cast<const MadeOnDemand*>(before.get());
  std::shared_ptr<Memory> memory = previous != nullptr ? previous->memory() : nullptr;
  if (memory == nullptr && archive != nullptr) memory = std::make_shared<Memory>(*archive);
  constexpr auto hour = [](const SnapshotPtr& of) {
    return std::chrono::floor<std::chrono::hours>(of->as_of);
  };
  if (memory != nullptr && previous != nullptr && hour(previous->snapshot()) != hour(snapshot)) {
    memory->incidents.forget_misses();
  }
  auto site = std::make_shared<MadeOnDemand>(snapshot, std::move(memory));
  if (previous != nullptr && previous->snapshot()->page.url == snapshot->page.url) {
    site->follow(*previous);
  }
  site->find("/")->bytes(Encoding::gzip);
  return site;
}

}  // namespace signalbox::web
