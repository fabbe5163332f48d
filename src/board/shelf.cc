#include "board/board.h"

namespace signalbox::board {

IncidentPtr Shelf::share(const Incident& incident) {
  IncidentPtr& copy = copies_[incident.id];
  if (!copy) copy = std::make_shared<const Incident>(incident);
  return copy;
}

void Shelf::keep_only(const std::vector<IncidentPtr>& shown) {
  if (copies_.size() == shown.size()) return;
  copies_.clear();
  for (const IncidentPtr& incident : shown) copies_.emplace(incident->id, incident);
}

}  // namespace signalbox::board
