#include "net/lookups.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::net {

Lookups::Lookups(int places) : places_(static_cast<std::size_t>(std::max(places, 1))) {}

std::size_t Lookups::quick(Moment now) {
  quick_.erase(quick_.begin(), quick_.upper_bound(now - kSlow));
  return quick_.size();
}

bool Lookups::room(const std::string& zone, Moment now) {
  if (all_.size() >= kAll * places_ || quick(now) >= places_) return false;
  const auto known = by_zone_.find(zone);
  return known == by_zone_.end() || known->second < std::max<std::size_t>(places_ / 4, 1);
}

void Lookups::begin(const void* who, const std::string& zone, Moment now) {
  all_[who] = {zone, now};
  ++by_zone_[zone];
  quick_.emplace(now, who);
}

void Lookups::end(const void* who) {
  const auto begun = all_.find(who);
  if (begun == all_.end()) return;
  const auto zone = by_zone_.find(begun->second.zone);
  if (--zone->second == 0) by_zone_.erase(zone);
  const auto [first, last] = quick_.equal_range(begun->second.at);
  const auto mine =
      std::find_if(first, last, [who](const auto& entry) { return entry.second == who; });
  if (mine != last) quick_.erase(mine);
  all_.erase(begun);
}

std::string zone_of(std::string_view host) {
  if (host.ends_with('.')) host.remove_suffix(1);
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return to_lower(host);
  const std::size_t before = host.rfind('.', last - 1);
  return to_lower(before == std::string_view::npos ? host : host.substr(before + 1));
}

}  // namespace signalbox::net
