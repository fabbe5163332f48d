#include "web/documents/kept.h"

#include <utility>

#include "web/documents/weights.h"

namespace signalbox::web {

DocumentPtr Kept::at(const std::string& path, const Make& make) {
  const std::shared_ptr<Slot> slot = slot_at(path);
  std::call_once(slot->once, [&] { settle(path, slot, make()); });
  return slot->document;
}

std::shared_ptr<Kept::Slot> Kept::slot_at(const std::string& path) {
  const std::lock_guard lock(mutex_);
  std::shared_ptr<Slot>& slot = slots_[path];
  if (slot == nullptr) slot = std::make_shared<Slot>();
  return slot;
}

void Kept::settle(const std::string& path, const std::shared_ptr<Slot>& slot, Made made) {
  const std::lock_guard lock(mutex_);
  slot->document = std::move(made.document);
  const auto known = slots_.find(path);
  if (known == slots_.end() || known->second != slot) return;  // forgotten meanwhile
  if (made.keeping == Keeping::passing || slot->document == nullptr) {
    // Strangers ask for any path: what is not there takes no place.
    slots_.erase(known);
  } else if (made.keeping == Keeping::bounded) {
    slot->bytes = bytes_of(*slot->document);
    bytes_ += slot->bytes;
    order_.push_back(path);
    make_room();
  }
}

void Kept::make_room() {
  while (bytes_ > most_ && !order_.empty()) {
    const auto oldest = slots_.find(order_.front());
    bytes_ -= oldest->second->bytes;
    slots_.erase(oldest);
    order_.pop_front();
  }
}

void Kept::clear() {
  const std::lock_guard lock(mutex_);
  slots_.clear();
  order_.clear();
  bytes_ = 0;
}

std::unordered_map<std::string, DocumentPtr> Kept::all() const {
  const std::lock_guard lock(mutex_);
  std::unordered_map<std::string, DocumentPtr> documents;
  for (const auto& [path, slot] : slots_) {
    if (slot->document != nullptr) documents.emplace(path, slot->document);
  }
  return documents;
}

std::size_t Kept::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

}  // namespace signalbox::web
