#include "web/public/room.h"

#include <algorithm>

namespace signalbox::web {
namespace {

// What the site keeps is its own affair; what only we still hold is bounded here.
constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;
constexpr std::size_t kMostBytesOfPage = kMostBytes / 8;

/// Whether both show the same services.
bool same_services(const SitePtr& before, const SitePtr& after) {
  return std::ranges::equal(before->snapshot()->services, after->snapshot()->services, {},
                            &ServiceView::id, &ServiceView::id);
}

}  // namespace

void Room::show(SitePtr site, std::shared_ptr<const PagePart> part, const EventPtr& event) {
  const bool goes_on = site_ != nullptr && site != nullptr && same_services(site_, site) &&
                       (part == nullptr || (part_ && part_->lock == part->lock));
  if (!goes_on) replay_ = {};
  site_ = std::move(site);
  part_ = std::move(part);
  if (site_ != nullptr) replay_.show(site_->snapshot()->as_of, goes_on ? event : nullptr);
  forget();
}

void Room::forget() {
  documents_.clear();
  bytes_ = 0;
}

const DocumentPtr* Room::document(std::string_view path, std::optional<Time> silent) {
  if (silent != silent_) forget();
  silent_ = silent;
  const auto known = documents_.find(path);
  if (known != documents_.end()) return &known->second;
  const bool lasting = !site_->pending(path);
  DocumentPtr found = silent ? site_->find_stale(path, *silent) : site_->find(path);
  if (found == nullptr) return nullptr;
  if (!lasting) {
    passing_ = std::move(found);
    return &passing_;
  }
  bytes_ += path.size() + found->body().size() * 3 / 2;
  if (bytes_ > (part_ == nullptr ? kMostBytes : kMostBytesOfPage)) forget();
  return &documents_.emplace(path, std::move(found)).first->second;
}

}  // namespace signalbox::web
