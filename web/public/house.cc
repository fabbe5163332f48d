#include "web/public/house.h"

#include <utility>

namespace signalbox::web {
namespace {

constexpr std::string_view kPages = "/pages/";

/// Whether a page could have that slug (config/read_pages.cc).
bool is_slug(std::string_view text) {
  constexpr std::size_t kMostSlug = 40;
  if (text.empty() || text.size() > kMostSlug || text.front() == '-') return false;
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

}  // namespace

EventPtr Events::of(std::string_view page) const {
  if (page.empty()) return main;
  const auto found = pages.find(page);
  return found == pages.end() ? nullptr : found->second;
}

void House::show(const SitePtr& site, const Events& events) {
  own_hosts_.clear();
  std::map<std::string, Room, std::less<>> before = std::exchange(rooms_, {});
  main_.show(site, nullptr, events.main);
  if (site == nullptr) return;
  for (const PageSite& page : site->pages()) {
    const std::string& slug = page.part->slug;
    Room& room = rooms_[slug] = std::move(before[slug]);
    room.show(page.site, page.part, events.of(slug));
    if (!page.part->host.empty()) own_hosts_[page.part->host] = &room;
  }
}

Place House::place(const Request& request) {
  const std::string_view path = request.path;
  if (rooms_.empty() && !path.starts_with(kPages)) return {&main_, path};
  const auto own = own_hosts_.find(request.host);
  if (own != own_hosts_.end()) return {own->second, path, true};
  return path.starts_with(kPages) ? below(path) : Place{&main_, path};
}

Place House::below(std::string_view path) {
  const std::string_view rest = path.substr(kPages.size());
  const auto slash = rest.find('/');
  const std::string_view slug = rest.substr(0, slash);
  if (slash == std::string_view::npos) return {nullptr, path, false, is_slug(slug)};
  const auto room = rooms_.find(slug);
  if (room == rooms_.end()) return {nullptr, path};
  return {&room->second, rest.substr(slash)};
}

const Room* House::room(std::string_view slug) const {
  if (slug.empty()) return &main_;
  const auto room = rooms_.find(slug);
  return room == rooms_.end() ? nullptr : &room->second;
}

}  // namespace signalbox::web
