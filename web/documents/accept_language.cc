#include "web/documents/accept_language.h"

#include <algorithm>

#include "base/text.h"
#include "web/quality.h"

namespace signalbox::web {
namespace {

/// How welcome one language is, by how narrowly it was named: `de` before `de-AT` before `*`.
struct Welcome {
  int exact = -1, regional = -1, any = -1;  // -1: not named
  std::size_t place = 0;                    // of the naming that counts

  int quality() const { return exact >= 0 ? exact : regional >= 0 ? regional : any; }
};

void hear(Welcome& welcome, const std::string& code, const Wish& wish, std::size_t place) {
  const std::string_view primary = wish.name.substr(0, wish.name.find('-'));
  if (wish.name == "*") {
    if (welcome.quality() < 0) welcome.place = place;
    welcome.any = std::max(welcome.any, wish.quality);
    return;
  }
  if (!equal_ignoring_case(primary, code)) return;
  int& named = primary.size() == wish.name.size() ? welcome.exact : welcome.regional;
  if (wish.quality <= named) return;
  named = wish.quality;
  if (welcome.quality() == named) welcome.place = place;
}

Welcome welcome(const std::string& code, std::string_view list) {
  Welcome found;
  for (std::size_t place = 0; !list.empty(); ++place) hear(found, code, next_wish(list), place);
  return found;
}

}  // namespace

std::vector<const Language*> offered(const PageFacts& page) {
  const Language* own = language(page.language);
  std::vector<const Language*> offer = {own != nullptr ? own : &english()};
  for (const Language& one : languages()) {
    const bool among = page.languages.empty() ||
                       std::ranges::find(page.languages, one.code()) != page.languages.end();
    if (among && &one != offer.front()) offer.push_back(&one);
  }
  return offer;
}

const Language& wanted(std::string_view accept_language, std::span<const Language* const> offer) {
  if (accept_language.size() > kMostAccepted) {
    const std::string_view heard = accept_language.substr(0, kMostAccepted);
    accept_language = heard.substr(0, heard.rfind(',') + 1);
  }
  const Language* best = offer.front();
  Welcome most;
  for (const Language* one : offer) {
    const Welcome found = welcome(one->code(), accept_language);
    if (found.quality() <= 0 || found.quality() < most.quality()) continue;
    const bool sooner = found.place < most.place;
    if (found.quality() == most.quality() && !sooner) continue;
    best = one;
    most = found;
  }
  return *best;
}

}  // namespace signalbox::web
