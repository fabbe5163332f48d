#include "store/memory/memory_store.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::store {
namespace {

std::optional<std::string> found(const std::map<std::string, std::string, std::less<>>& texts,
                                 std::string_view key) {
  const auto it = texts.find(key);
  if (it == texts.end()) return std::nullopt;
  return it->second;
}

}  // namespace

Status MemoryStore::acceptable(const Batch& batch) const {
  std::uint64_t expected = rows_.size();
  std::set<std::string_view> keys;
  for (const Row& row : batch.rows) {
    if (row.seq != ++expected) {
      return internal("event " + std::to_string(row.seq) + " does not follow " +
                      std::to_string(expected - 1));
    }
    if (row.key.empty()) continue;
    if (keys_.contains(row.key) || !keys.insert(row.key).second) {
      return invalid("post " + one_line(row.key) + " is kept already");
    }
  }
  std::set<std::string_view> ids;
  for (const Answer& answer : batch.answers) {
    if (answers_.contains(answer.id) || !ids.insert(answer.id).second) {
      return invalid("command " + one_line(answer.id) + " is answered already");
    }
  }
  return {};
}

Status MemoryStore::keep(const Batch& batch) {
  if (auto ok = acceptable(batch); !ok) return ok;
  for (const Row& row : batch.rows) {
    rows_.push_back(row);
    if (!row.key.empty()) keys_.insert(row.key);
  }
  for (const Cursor& cursor : batch.cursors) cursors_.insert_or_assign(cursor.of, cursor.value);
  for (const Delivery& delivery : batch.deliveries) keep_delivery(delivery);
  for (const Answer& answer : batch.answers) answers_.emplace(answer.id, answer.body);
  for (const KeptIncident& kept : batch.incidents) {
    incidents_.insert_or_assign(kept.id, kept.payload);
  }
  for (const Showing& showing : batch.showings) {
    showings_.insert_or_assign({showing.service, showing.at, showing.seq}, showing);
  }
  return {};
}

void MemoryStore::keep_delivery(const Delivery& delivery) {
  const auto [it, is_new] = places_.emplace(delivery.id, deliveries_.size());
  const std::size_t place = it->second;
  if (is_new) {
    deliveries_.push_back(delivery);
  } else {
    open_.erase({-deliveries_[place].priority, place});
    deliveries_[place] = delivery;
  }
  if (!delivery.settled()) open_.emplace(std::pair(-delivery.priority, place), place);
  if (delivery.remote_id.empty()) return;
  sent_.insert_or_assign({delivery.account, delivery.remote_id}, place);
}

Result<std::vector<Row>> MemoryStore::rows(std::uint64_t after, std::size_t most) {
  const auto first = static_cast<std::size_t>(std::min<std::uint64_t>(after, rows_.size()));
  const std::size_t count = std::min(most, rows_.size() - first);
  const auto begin = rows_.begin() + static_cast<std::ptrdiff_t>(first);
  return std::vector<Row>(begin, begin + static_cast<std::ptrdiff_t>(count));
}

Result<std::optional<std::string>> MemoryStore::cursor(std::string_view of) {
  return found(cursors_, of);
}

Result<std::optional<std::string>> MemoryStore::answer(std::string_view id) {
  return found(answers_, id);
}

Result<std::vector<Delivery>> MemoryStore::open_deliveries() {
  std::vector<Delivery> open;
  for (const auto& [order, place] : open_) open.push_back(deliveries_[place]);
  return open;
}

Result<std::vector<Delivery>> MemoryStore::deliveries(std::size_t most) {
  const std::size_t count = std::min(most, deliveries_.size());
  const auto newest = deliveries_.rbegin();
  return std::vector<Delivery>(newest, newest + static_cast<std::ptrdiff_t>(count));
}

Result<std::optional<Delivery>> MemoryStore::delivery(std::string_view id) {
  const auto it = places_.find(id);
  if (it == places_.end()) return std::optional<Delivery>();
  return std::optional(deliveries_[it->second]);
}

Result<std::vector<Delivery>> MemoryStore::deliveries_of(std::string_view announcement) {
  std::vector<Delivery> those;
  std::copy_if(deliveries_.begin(), deliveries_.end(), std::back_inserter(those),
               [&](const Delivery& d) { return d.announcement == announcement; });
  return those;
}

Result<std::optional<Delivery>> MemoryStore::sent_as(std::string_view account,
                                                     std::string_view remote_id) {
  const auto it = sent_.find({std::string(account), std::string(remote_id)});
  if (it == sent_.end()) return std::optional<Delivery>();
  const Delivery& delivery = deliveries_[it->second];
  const bool still = delivery.state == DeliveryState::sent && delivery.remote_id == remote_id;
  return still ? std::optional(delivery) : std::nullopt;
}

std::optional<std::string> MemoryStore::incident(std::string_view id) const {
  return found(incidents_, id);
}

Status MemoryStore::keep_checkpoint(const Checkpoint& checkpoint) {
  if (checkpoint.seq > rows_.size()) return internal("a checkpoint ahead of the ledger");
  checkpoint_ = checkpoint;
  return {};
}

}  // namespace signalbox::store
