#include "app/page_parts.h"

#include <algorithm>
#include <set>

#include "web/public/pass.h"

namespace signalbox::app {
namespace {

PageLock lock_of(const config::PageEntry& page) {
  if (!page.is_private) return {};
  if (!page.password_hash.empty()) return {PageLock::Kind::password, page.password_hash.reveal()};
  // Without a token that could be read, nothing fits.
  const std::string& token = page.token.reveal();
  return {PageLock::Kind::token, token.empty() ? "" : web::token_digest(token)};
}

}  // namespace

std::shared_ptr<const PageParts> page_parts(const config::Config& config) {
  if (config.pages.empty() && !config.main_services) return nullptr;
  auto parts = std::make_shared<PageParts>();
  std::set<std::string> open;
  std::set<std::string> closed;
  for (const config::PageEntry& page : config.pages) {
    auto& kind = page.is_private ? closed : open;
    kind.insert(page.services.begin(), page.services.end());
    parts->others.push_back(
        {page.slug, page.name, page.url, page.host, page.services, lock_of(page)});
  }
  for (const config::ServiceEntry& entry : config.services) {
    const std::string& id = entry.service.id;
    const bool named = config.main_services &&
                       std::ranges::find(*config.main_services, id) != config.main_services->end();
    const bool shown = config.main_services ? named : !closed.contains(id) || open.contains(id);
    if (shown) parts->main.push_back(id);
  }
  return parts;
}

}  // namespace signalbox::app
