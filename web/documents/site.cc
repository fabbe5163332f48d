// A site from a snapshot: its main page, and those beside it, each following what it was before.
#include <utility>

#include "board/excerpt.h"
#include "model/as_of.h"
#include "model/page_part.h"
#include "web/documents/made_on_demand.h"
#include "web/documents/memory.h"
#include "web/publisher.h"

namespace signalbox::web {
namespace {

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
