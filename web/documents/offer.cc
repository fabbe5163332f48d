#include "web/documents/offer.h"

#include <algorithm>

#include "web/documents/accept_language.h"
#include "web/documents/address.h"
#include "web/documents/table.h"

namespace signalbox::web {

Edition Asked::edition(const Snapshot& snapshot, StaleSince stale_since) const {
  const std::string root = root_of(path);
  const std::string top = !forced ? root : root == "./" ? "../" : "../" + root;
  return {snapshot, stale_since, *language, root, top, std::string(path.substr(1))};
}

Offer::Offer(const PageFacts& page) : languages_(offered(page)) {}

bool Offer::has(const Language& language) const {
  return std::ranges::find(languages_, &language) != languages_.end();
}

std::string_view Offer::language(std::string_view accept_language) const {
  if (accept_language.empty()) return {};
  const Language& best = wanted(accept_language, languages_);
  return &best == languages_.front() ? std::string_view() : std::string_view(best.code());
}

std::optional<Asked> Offer::asked(std::string_view path, std::string_view language) const {
  const Address address = address_of(path);
  if (address.language != nullptr) {
    if (!has(*address.language) || !is_page(address.rest)) return std::nullopt;
    return Asked{std::string(path), address.rest, address.language, true};
  }
  if (!path.starts_with('/')) return std::nullopt;
  if (!is_page(path)) return Asked{std::string(path), path};
  const Language* spoken = web::language(language);
  if (spoken == nullptr || !has(*spoken)) spoken = languages_.front();
  const bool own = spoken == languages_.front();
  return Asked{(own ? "" : spoken->code()) + std::string(path), path, spoken};
}

std::string Offer::moved(std::string_view path) const {
  const Address address = address_of(path);
  const bool meant = address.language != nullptr && address.rest.empty() && has(*address.language);
  return meant ? address.language->code() + "/" : std::string();
}

std::vector<std::string> Offer::addresses(std::vector<std::string> paths) const {
  std::vector<std::string> pages;
  std::ranges::copy_if(paths, std::back_inserter(pages),
                       [](const std::string& path) { return is_page(path); });
  for (const Language* one : languages_) {
    for (const std::string& page : pages) paths.push_back(address_in(one->code(), page));
  }
  return paths;
}

}  // namespace signalbox::web
