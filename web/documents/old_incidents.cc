#include "web/documents/old_incidents.h"

#include <algorithm>

namespace signalbox::web {
namespace {

constexpr std::size_t kMostWanted = 16;
constexpr std::size_t kMostKnown = 512;

/// Only what has the form of an incident's id is worth a look-up.
bool plausible(std::string_view id) {
  const auto fits = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); };
  return id.size() == 12 && std::ranges::all_of(id, fits);
}

}  // namespace

OldIncidents::OldIncidents(Archive& archive) : archive_(archive), thread_([this] { work(); }) {}

OldIncidents::~OldIncidents() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

std::optional<Incident> OldIncidents::find(std::string_view id) {
  if (!plausible(id)) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  const bool asked = std::ranges::find(wanted_, id) != wanted_.end();
  if (!asked && wanted_.size() < kMostWanted) {
    wanted_.emplace_back(id);
    wake_.notify_one();
  }
  return std::nullopt;
}

void OldIncidents::forget_misses() {
  const std::lock_guard lock(mutex_);
  std::erase_if(known_, [](const auto& item) { return !item.second; });
}

bool OldIncidents::pending(std::string_view id) {
  if (!plausible(id)) return false;
  const std::lock_guard lock(mutex_);
  return !known_.contains(id);
}

void OldIncidents::work() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return over_ || !wanted_.empty(); });
    if (over_) return;
    const std::string id = wanted_.front();
    lock.unlock();
    auto found = archive_.incident(id);
    lock.lock();
    if (known_.size() >= kMostKnown) known_.clear();
    known_[id] = std::move(found);
    wanted_.pop_front();
  }
}

}  // namespace signalbox::web
