#include "web/public/common.h"

#include <utility>

#include "base/text.h"

namespace signalbox::web {

Addresses::Addresses(int most, const std::vector<std::string>& trusted_proxies)
    : most_(most), trusted_(trusted_proxies) {}

std::string Addresses::counted(std::string_view address) const {
  const auto bytes = ip_bytes(address);
  const bool exempt = !bytes || is_loopback(*bytes) || trusted_.contains(*bytes);
  return exempt ? std::string() : counted_as(*bytes);
}

bool Addresses::take(const std::string& address) {
  const std::string name = counted(address);
  if (name.empty()) return true;
  const std::lock_guard lock(mutex_);
  int& open = open_[name];
  if (open >= most_) return false;
  ++open;
  return true;
}

void Addresses::release(const std::string& address) {
  const std::string name = counted(address);
  if (name.empty()) return;
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(name);
  if (found != open_.end() && --found->second <= 0) open_.erase(found);
}

bool Addresses::trusted(std::string_view address) const {
  if (address.empty()) return true;
  const auto bytes = ip_bytes(address);
  return bytes && trusted_.contains(*bytes);
}

std::string Addresses::client(std::string_view forwarded_for) const {
  const auto hops = split(forwarded_for, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const std::string_view address = trim(*hop);
    if (address.empty()) continue;
    const auto bytes = ip_bytes(address);
    if (!bytes) return {};
    if (!trusted_.contains(*bytes)) return ip_text(*bytes);
  }
  return {};
}

Seat take_seat(std::atomic<int>& taken, int most) {
  Seat seat(&taken);
  return taken.fetch_add(1) < most ? std::move(seat) : nullptr;
}

Common::Common(PublicSettings s, const Readiness& r, const Clock& c)
    : settings(std::move(s)),
      readiness(r),
      clock(c),
      addresses(settings.per_address, settings.trusted_proxies),
      doorkeeper(clock),
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
