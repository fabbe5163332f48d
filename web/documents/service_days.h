// The 90 days of a service in words: what its strip shows, for those who cannot see or point at it.
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "web/documents/edition.h"
#include "web/documents/view.h"

namespace signalbox::web {

/// The incidents of a snapshot by the services they touch, newest first. Lives no longer than the
/// snapshot.
class IncidentsOfServices {
 public:
  explicit IncidentsOfServices(const Snapshot& snapshot);
  /// Those that touch the service.
  const std::vector<const Incident*>& of(std::string_view service) const;

 private:
  std::unordered_map<std::string_view, std::vector<const Incident*>> by_service_;
};

/// The newest days in trouble (at most 5), for below a strip; false when there was none.
View trouble_view(const Edition& edition, const ServiceView& service,
                  const IncidentsOfServices& incidents);
/// Each known day, newest first, for a table; false when nothing is known.
View calendar_view(const Edition& edition, const ServiceView& service,
                   const IncidentsOfServices& incidents);

}  // namespace signalbox::web
