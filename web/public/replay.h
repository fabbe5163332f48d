// What a live stream that begins, or begins again, is told first.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "base/time.h"

namespace signalbox::web {

/// One event as it goes to every open stream.
struct LiveEvent {
  std::int64_t id = 0;  ///< 0: a heartbeat, or what no reader need be told later
  std::string text;     ///< with its `id:` line, ended by an empty line
};

using EventPtr = std::shared_ptr<const LiveEvent>;

/// An event's id is the moment (milliseconds since 1970) of the snapshot that it led to; it is the
/// same on every machine that shows this board. So a page that was made at a moment has missed the
/// events with a later id, and no others. One thread.
class Replay {
 public:
  /// At most so many events are kept, of so many bytes together.
  static constexpr std::size_t kMostEvents = 64;
  static constexpr std::size_t kMostBytes = 256 * 1024;

  /// A site of the moment `as_of` is shown; `event` (may be null) led to it.
  void show(Time as_of, const EventPtr& event);
  /// The kept events that a reader who has all up to `last_event_id` has missed, oldest first; none
  /// for "" (a new reader). False when some are no longer kept, or it is no id of ours.
  bool missed(std::string_view last_event_id, std::string& text) const;
  /// What a reader has who has everything.
  std::int64_t newest() const { return newest_; }

 private:
  std::deque<EventPtr> events_;
  std::size_t bytes_ = 0;
  std::int64_t whole_since_ = 0;  // every later event is kept
  std::int64_t newest_ = 0;
};

}  // namespace signalbox::web
