#include "web/public/knocks.h"

#include "web/public/networks.h"

namespace signalbox::web {
namespace {

/// What an address counts as; what is none, as itself.
std::string household(std::string_view address) {
  const auto bytes = ip_bytes(address);
  return bytes ? counted_as(*bytes) : std::string(address);
}

void drop_old(std::deque<SteadyTime>& when, SteadyTime now) {
  while (!when.empty() && when.front() + Knocks::kSpan <= now) when.pop_front();
}

}  // namespace

void Knocks::forget(SteadyTime now) {
  for (auto& [page, when] : of_page_) drop_old(when, now);
  for (auto& [key, when] : of_address_) drop_old(when, now);
  std::erase_if(of_page_, [](const auto& item) { return item.second.empty(); });
  std::erase_if(of_address_, [](const auto& item) { return item.second.empty(); });
}

std::optional<Duration> Knocks::knock(const std::string& page, std::string_view address,
                                      SteadyTime now) {
  forget(now);
  When& all = of_page_[page];
  When& own = of_address_[{page, household(address)}];
  const When* full = own.size() >= kMostOfAddress ? &own : nullptr;
  if (full == nullptr && all.size() >= kMostOfPage) full = &all;
  if (full != nullptr) return std::chrono::duration_cast<Duration>(full->front() + kSpan - now);
  all.push_back(now);
  own.push_back(now);
  return std::nullopt;
}

void Knocks::forgive(const std::string& page, std::string_view address) {
  const auto all = of_page_.find(page);
  const auto own = of_address_.find({page, household(address)});
  if (all != of_page_.end() && !all->second.empty()) all->second.pop_back();
  if (own != of_address_.end() && !own->second.empty()) own->second.pop_back();
}

}  // namespace signalbox::web
