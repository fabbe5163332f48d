#include "web/public/common.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::web {
namespace {

bool loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

}  // namespace

Addresses::Addresses(int most, std::vector<std::string> trusted_proxies)
    : most_(most), trusted_(std::move(trusted_proxies)) {}

bool Addresses::take(const std::string& address) {
  if (address.empty() || loopback(address)) return true;
  const std::lock_guard lock(mutex_);
  int& open = open_[address];
  if (open >= most_) return false;
  ++open;
  return true;
}

void Addresses::release(const std::string& address) {
  if (address.empty() || loopback(address)) return;
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(address);
  if (found != open_.end() && --found->second <= 0) open_.erase(found);
}

bool Addresses::trusted(std::string_view address) const {
  return loopback(address) || std::ranges::find(trusted_, address) != trusted_.end();
}

std::string Addresses::client(std::string_view forwarded_for) const {
  const auto hops = split(forwarded_for, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const std::string_view address = trim(*hop);
    if (!address.empty() && address.size() < 64 && !trusted(address)) return std::string(address);
  }
  return {};
}

Common::Common(PublicSettings s, const Readiness& r, const Clock& c)
    : settings(std::move(s)),
      readiness(r),
      clock(c),
      addresses(settings.per_address, settings.trusted_proxies),
      most_connections(settings.connections) {
  beat();
}

void Common::beat() {
  beat_wall_ms_.store(clock.now().time_since_epoch().count(), std::memory_order_relaxed);
  beat_steady_ms_.store(clock.steady().time_since_epoch().count(), std::memory_order_release);
}

std::optional<Time> Common::silent_since() const {
  const Duration last(beat_steady_ms_.load(std::memory_order_acquire));
  if (clock.steady().time_since_epoch() - last <= settings.stale_after) return std::nullopt;
  return Time(Duration(beat_wall_ms_.load(std::memory_order_relaxed)));
}

}  // namespace signalbox::web
