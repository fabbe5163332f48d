#include "web/public/room.h"

#include <algorithm>

#include "web/documents/accept_language.h"

namespace signalbox::web {
namespace {

// What the site keeps is its own affair; what only we still hold is bounded here.
constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;
constexpr std::size_t kMostBytesOfPage = kMostBytes / 8;
/// Different Accept-Language headers whose language is remembered.
constexpr std::size_t kMostHeaders = 256;

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
  languages_.clear();
}

void Room::forget() {
  documents_.clear();
  bytes_ = 0;
}

std::string_view Room::language(std::string_view accept_language) {
  if (accept_language.empty()) return {};
  // One byte more than is read tells that there was more.
  accept_language = accept_language.substr(0, kMostAccepted + 1);
  const auto known = languages_.find(accept_language);
  if (known != languages_.end()) return known->second;
  if (languages_.size() >= kMostHeaders) languages_.clear();
  const std::string_view code = site_->language(accept_language);
  return languages_.emplace(accept_language, code).first->second;
}

std::string_view Room::key(std::string_view path, std::string_view language) {
  if (language.empty()) return path;
  // Paths begin with a slash: what begins with a code is none of them.
  key_.assign(language).append(path);
  return key_;
}

const DocumentPtr* Room::document(std::string_view path, std::string_view accept_language,
                                  std::optional<Time> silent) {
  if (silent != silent_) forget();
  silent_ = silent;
  const std::string_view spoken = language(accept_language);
  const std::string_view kept_under = key(path, spoken);
  const auto known = documents_.find(kept_under);
  if (known != documents_.end()) return &known->second;
  const bool lasting = !site_->pending(path);
  DocumentPtr found = silent ? site_->find_stale(path, *silent, spoken) : site_->find(path, spoken);
  if (found == nullptr) return nullptr;
  if (!lasting) {
    passing_ = std::move(found);
    return &passing_;
  }
  bytes_ += kept_under.size() + found->body().size() * 3 / 2;
  if (bytes_ > (part_ == nullptr ? kMostBytes : kMostBytesOfPage)) forget();
  return &documents_.emplace(kept_under, std::move(found)).first->second;
}

}  // namespace signalbox::web
