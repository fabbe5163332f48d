// Which document is at which path, and making each once.
#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "board/excerpt.h"
#include "model/as_of.h"
#include "model/page_part.h"
#include "model/service.h"
#include "web/documents/address.h"
#include "web/documents/assets.h"
#include "web/documents/embedded.h"
#include "web/documents/history.h"
#include "web/documents/kept.h"
#include "web/documents/kind.h"
#include "web/documents/memory.h"
#include "web/documents/offer.h"
#include "web/documents/pages.h"
#include "web/documents/service_groups.h"
#include "web/documents/table.h"
#include "web/documents/view.h"
#include "web/documents/words.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

/// A body and what kind it is; none when nothing is at the path.
struct Made {
  std::string body;
  Kind kind = Kind::text;
  Keeping keeping = Keeping::bounded;
  std::string content_type = {};  ///< "": the kind's
};

Keeping kept_if(bool lasting) { return lasting ? Keeping::bounded : Keeping::passing; }

/// What one page shows of the whole board.
struct Shown {
  SnapshotPtr snapshot;
  SnapshotPtr whole = nullptr;                              ///< null: the page shows all of it
  std::shared_ptr<const board::Excerpt> excerpt = nullptr;  ///< of `whole`
  std::shared_ptr<board::Cuttings> cuttings = nullptr;      ///< goes from site to site
  std::shared_ptr<const PageParts> parts = nullptr;
};

class MadeOnDemand final : public Site {
 public:
  MadeOnDemand(Shown shown, std::shared_ptr<Memory> memory)
      : shown_(std::move(shown)),
        snapshot_(shown_.snapshot),
        offer_(snapshot_->page),
        memory_(std::move(memory)),
        fresh_(most_bytes(*snapshot_)),
        stale_(most_bytes(*snapshot_)) {}

  const SnapshotPtr& snapshot() const override { return snapshot_; }

  using Site::find;
  using Site::find_stale;

  DocumentPtr find(std::string_view path, std::string_view language) const override {
    return found(fresh_, offer_.asked(path, language), {});
  }

  DocumentPtr make_once(std::string_view path) const override {
    const std::optional<Asked> asked = offer_.asked(path, {});
    if (!asked) return nullptr;
    std::optional<Made> body = make(asked->path, asked->edition(*snapshot_, {}));
    return body ? made(*asked, *std::move(body)) : nullptr;
  }

  DocumentPtr find_stale(std::string_view path, Time since,
                         std::string_view language) const override {
    const Time told = std::max(since, snapshot_->as_of);
    {
      const std::lock_guard lock(mutex_);
      if (told != stale_told_) stale_.clear();
      stale_told_ = told;
    }
    return found(stale_, offer_.asked(path, language), told);
  }

  std::string_view language(std::string_view accept_language) const override {
    return offer_.language(accept_language);
  }

  std::string moved(std::string_view path) const override { return offer_.moved(path); }

  bool pending(std::string_view path) const override {
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

  Reply ask(std::string_view path, std::string_view query, StaleSince stale_since) const override {
    if (memory_ == nullptr) return {};
    if (stale_since) stale_since = std::max(*stale_since, snapshot_->as_of);
    return memory_->questions.ask(snapshot_, path, query, stale_since, told());
  }

  const std::shared_ptr<Memory>& memory() const { return memory_; }
  /// As whose part the page was shown.
  const PageParts* parts() const { return shown_.parts.get(); }
  std::shared_ptr<board::Cuttings> cuttings() const { return shown_.cuttings; }
  const std::vector<PageSite>& pages() const override { return pages_; }
  void add_page(PageSite page) { pages_.push_back(std::move(page)); }

  std::vector<std::string> paths() const override {
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

  /// Keeps what `before` made, to take over what has not changed.
  void follow(const MadeOnDemand& before) { previous_ = before.fresh_.all(); }

 private:
  static constexpr std::string_view kServices = "/services/";
  static constexpr std::string_view kIncidents = "/incidents/";
  static constexpr std::string_view kGroups = "/groups/";

  DocumentPtr found(Kept& kept, const std::optional<Asked>& asked, StaleSince stale_since) const {
    if (!asked) return nullptr;
    return kept.at(asked->key, [&]() -> Kept::Made {
      std::optional<Made> body = make(asked->path, asked->edition(*snapshot_, stale_since));
      if (!body) return {};
      const Keeping keeping = body->keeping;
      return {made(*asked, std::move(*body)), keeping};
    });
  }

  DocumentPtr made(const Asked& asked, Made made) const {
    const bool lasting = made.keeping != Keeping::passing;
    const DocumentPtr before = lasting ? made_before(asked.key) : nullptr;
    if (before != nullptr && before->body() == made.body) return before;
    Heading heading = heading_of(made.kind, snapshot_->page);
    if (!made.content_type.empty()) heading.content_type = made.content_type;
    if (is_page(made.kind)) say_language(heading, asked);
    return std::make_shared<Document>(std::move(made.body), std::move(heading));
  }

  void say_language(Heading& heading, const Asked& asked) const {
    heading.extra += "Content-Language: " + asked.language->code() + "\r\n";
    if (!asked.forced && offer_.languages().size() > 1) heading.vary = "Accept-Language";
  }

  /// The document of the site before, given once.
  DocumentPtr made_before(const std::string& path) const {
    const std::lock_guard lock(mutex_);
    const auto old = previous_.find(path);
    return old == previous_.end() ? nullptr : std::exchange(old->second, nullptr);
  }

  std::optional<Made> make(std::string_view path, const Edition& edition) const {
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

  std::optional<Made> group_made(const Edition& edition, std::string_view slug) const {
    for (const ServiceGroup& group : service_groups(*snapshot_)) {
      if (group.name.empty() || group_slug(group.name) != slug) continue;
      return Made{group_page(edition, group), Kind::html};
    }
    return std::nullopt;
  }

  std::optional<Made> of_service(const Edition& edition, std::string_view path) const {
    for (const ServiceDocument& entry : service_documents()) {
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
    if (past.kept) past.history = memory_->said->histories.find(key, snapshot_->as_of);
    const bool lasting = !past.kept || memory_->said->histories.settled(key, snapshot_->as_of);
    return Made{service_page(edition, *view, past), Kind::charts, kept_if(lasting)};
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
    const auto kept = memory_->said->incidents.find(id, snapshot_->as_of);
    const Told telling = told();
    const auto old = kept && telling ? telling(*kept) : kept;
    if (!old) return std::nullopt;
    return Made{incident_page(edition, *old), Kind::html};
  }

  /// What the page may tell of the archive's incidents.
  Told told() const {
    if (shown_.excerpt == nullptr) return {};
    return [whole = shown_.whole, excerpt = shown_.excerpt](const Incident& kept) {
      return excerpt->incident(kept);
    };
  }

  Chronicle chronicle() const {
    return {memory_ == nullptr ? nullptr : &memory_->said->months, told()};
  }

  std::optional<Made> history_made(const Edition& edition, std::string_view path) const {
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

  /// Of the documents of a publication that are made for somebody: incidents, services, their
  /// feeds and badges. Of the publication before as many may still be kept, to be taken over, and
  /// as many of those that say since when nothing was heard.
  static constexpr std::size_t kMostBytes = std::size_t{16} * 1024 * 1024;
  static std::size_t most_bytes(const Snapshot& snapshot) {
    return snapshot.page.slug.empty() ? kMostBytes : kMostBytes / 8;
  }

  const Shown shown_;
  const SnapshotPtr snapshot_;
  const Offer offer_;
  std::vector<PageSite> pages_;
  std::shared_ptr<Memory> memory_;  // null: there is no archive
  mutable std::mutex mutex_;
  mutable Kept fresh_, stale_;
  mutable std::unordered_map<std::string, DocumentPtr> previous_;
  mutable Time stale_told_{};  // the "not updated since" in stale_
};

using SiteMade = std::shared_ptr<MadeOnDemand>;

const MadeOnDemand* of_page(const MadeOnDemand* main, const std::string& slug) {
  if (main == nullptr) return nullptr;
  for (const PageSite& page : main->pages()) {
    if (page.part->slug == slug) return dynamic_cast<const MadeOnDemand*>(page.site.get());
  }
  return nullptr;
}

PageFacts facts_of(const PagePart& part, PageFacts facts) {
  facts.name = part.name;
  facts.url = part.url;
  facts.slug = part.slug;
  facts.restricted = part.lock.kind != PageLock::Kind::open;
  facts.parts = nullptr;
  return facts;
}

SiteMade following(Shown shown, std::shared_ptr<Memory> memory, const MadeOnDemand* previous) {
  auto site = std::make_shared<MadeOnDemand>(std::move(shown), std::move(memory));
  if (previous == nullptr) return site;
  const PageFacts& was = previous->snapshot()->page;
  const PageFacts& is = site->snapshot()->page;
  const bool same_languages = was.language == is.language && was.languages == is.languages;
  if (was.url == is.url && was.restricted == is.restricted && same_languages) {
    site->follow(*previous);
  }
  return site;
}

Snapshot part_of(const board::Excerpt& excerpt, PageFacts facts, board::Cuttings& cuttings,
                 const MadeOnDemand* previous) {
  Snapshot part = excerpt.snapshot(std::move(facts), cuttings);
  if (previous == nullptr) return part;
  const Snapshot& before = *previous->snapshot();
  // While nothing that its readers see has changed, it tells nobody when others were spoken of.
  if (live_event(before, part).empty()) {
    part.as_of = std::max(before.as_of, Time(std::chrono::floor<AsOfStep>(part.as_of)));
  }
  return part;
}

Shown part_shown(const SnapshotPtr& whole, const std::vector<std::string>& own, PageFacts facts,
                 const MadeOnDemand* previous) {
  Shown shown{nullptr, whole, std::make_shared<const board::Excerpt>(*whole, own), nullptr,
              whole->page.parts};
  if (previous != nullptr) shown.cuttings = previous->cuttings();
  if (shown.cuttings == nullptr) shown.cuttings = std::make_shared<board::Cuttings>();
  shown.snapshot = std::make_shared<const Snapshot>(
      part_of(*shown.excerpt, std::move(facts), *shown.cuttings, previous));
  return shown;
}

/// Beside other pages the main one is a part even when it has all services that there are: those
/// that have left the file, and were locked away, are still in the ledger.
Shown main_shown(const SnapshotPtr& whole, const MadeOnDemand* previous) {
  const auto& parts = whole->page.parts;
  if (parts == nullptr) return {.snapshot = whole};
  return part_shown(whole, parts->main, whole->page, previous);
}

/// What the site before kept of the archive; null after a reload: answers that are kept may tell
/// what the page tells no more.
std::shared_ptr<Memory> kept_memory(const MadeOnDemand* previous, const PageParts* parts) {
  return previous != nullptr && previous->parts() == parts ? previous->memory() : nullptr;
}

/// A page beside the main one; its documents are made when first asked for.
PageSite page_site(const SnapshotPtr& whole, std::size_t at, const std::shared_ptr<Memory>& main,
                   const MadeOnDemand* previous) {
  const auto& parts = whole->page.parts;
  const PagePart& part = parts->others[at];
  Shown shown = part_shown(whole, part.services, facts_of(part, whole->page), previous);
  std::string event;
  if (previous != nullptr) event = live_event(*previous->snapshot(), *shown.snapshot);
  std::shared_ptr<Memory> memory = kept_memory(previous, parts.get());
  if (memory == nullptr && main != nullptr)
    memory = std::make_shared<Memory>(*main, Memory::kMostBytesOfPage);
  return {{parts, &part}, following(std::move(shown), std::move(memory), previous), event};
}

}  // namespace

SitePtr render(const SnapshotPtr& snapshot, const SitePtr& before, Archive* archive) {
  const auto* previous = dynamic_cast<const MadeOnDemand*>(before.get());
  const auto& parts = snapshot->page.parts;
  std::shared_ptr<Memory> memory = kept_memory(previous, parts.get());
  if (memory == nullptr && previous != nullptr && previous->memory() != nullptr)
    memory = std::make_shared<Memory>(*previous->memory(), Questions::kMostBytes);
  if (memory == nullptr && archive != nullptr) memory = std::make_shared<Memory>(*archive);
  constexpr auto hour = [](const SnapshotPtr& of) {
    return std::chrono::floor<std::chrono::hours>(of->as_of);
  };
  if (memory != nullptr && previous != nullptr && hour(previous->snapshot()) != hour(snapshot)) {
    memory->said->incidents.forget_misses();
  }
  const SiteMade site = following(main_shown(snapshot, previous), memory, previous);
  site->find("/")->bytes(Encoding::gzip);
  for (std::size_t at = 0; parts != nullptr && at < parts->others.size(); ++at) {
    const MadeOnDemand* was = of_page(previous, parts->others[at].slug);
    site->add_page(page_site(snapshot, at, memory, was));
  }
  return site;
}

}  // namespace signalbox::web
