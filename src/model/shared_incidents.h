// The incidents of a snapshot: each is one value that snapshots share until it changes, so that a
// new snapshot costs a pointer for each incident, not a copy of its history.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

#include "model/incident.h"

namespace signalbox {

using IncidentPtr = std::shared_ptr<const Incident>;

/// A list of incidents, read like a vector of them. None of its pointers is null. Copying it copies
/// no incident.
class SharedIncidents {
 public:
  /// Walks over the incidents themselves.
  class Iterator {
   public:
    using value_type = Incident;
    using difference_type = std::ptrdiff_t;

    Iterator() = default;
    explicit Iterator(std::vector<IncidentPtr>::const_iterator at) : at_(at) {}
    const Incident& operator*() const { return **at_; }
    const Incident* operator->() const { return at_->get(); }
    /// The value itself, to be shared on.
    const IncidentPtr& pointer() const { return *at_; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) { return Iterator(at_++); }
    bool operator==(const Iterator&) const = default;

   private:
    std::vector<IncidentPtr>::const_iterator at_;
  };

  SharedIncidents() = default;
  explicit SharedIncidents(std::vector<IncidentPtr> list) : list_(std::move(list)) {}
  SharedIncidents(std::initializer_list<Incident> incidents) {
    for (const Incident& incident : incidents) push_back(incident);
  }

  void push_back(Incident incident) {
    list_.push_back(std::make_shared<const Incident>(std::move(incident)));
  }
  void pop_back() { list_.pop_back(); }
  void clear() { list_.clear(); }

  Iterator begin() const { return Iterator(list_.begin()); }
  Iterator end() const { return Iterator(list_.end()); }
  std::size_t size() const { return list_.size(); }
  bool empty() const { return list_.empty(); }

 private:
  std::vector<IncidentPtr> list_;
};

}  // namespace signalbox
