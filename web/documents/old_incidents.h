// Incidents that left the snapshot, looked up in the archive on a thread of its own: a stranger's
// question for one may take long, and must hold up nobody else's page.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "web/publisher.h"

namespace signalbox::web {

/// Shared by the sites that follow each other. Thread-safe.
class OldIncidents {
 public:
  /// `archive` outlives it.
  explicit OldIncidents(Archive& archive);
  /// Waits for the look-up under way.
  ~OldIncidents();
  OldIncidents(const OldIncidents&) = delete;
  OldIncidents& operator=(const OldIncidents&) = delete;

  /// The incident when it is known already; else it is asked for, unless too many are.
  std::optional<Incident> find(std::string_view id);
  /// What was not there is asked for again: it may have left the snapshot since.
  void forget_misses();
  /// Whether `id` is being looked up, or has to be asked for once more.
  bool pending(std::string_view id);

 private:
  void work();

  Archive& archive_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::string> wanted_;
  std::map<std::string, std::optional<Incident>, std::less<>> known_;  // none: there is none
  bool over_ = false;
  std::thread thread_;
};

}  // namespace signalbox::web
