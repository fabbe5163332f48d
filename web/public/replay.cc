#include "web/public/replay.h"

#include <algorithm>
#include <charconv>

namespace signalbox::web {

void Replay::show(Time as_of, const EventPtr& event) {
  const std::int64_t moment = as_of.time_since_epoch().count();
  if (newest_ == 0) whole_since_ = moment;
  newest_ = std::max(newest_, moment);
  if (event == nullptr || event->id == 0) return;
  newest_ = std::max(newest_, event->id);
  events_.push_back(event);
  bytes_ += event->text.size();
  while (!events_.empty() && (events_.size() > kMostEvents || bytes_ > kMostBytes)) {
    whole_since_ = std::max(whole_since_, events_.front()->id);
    bytes_ -= events_.front()->text.size();
    events_.pop_front();
  }
}

bool Replay::missed(std::string_view last_event_id, std::string& text) const {
  if (last_event_id.empty()) return true;
  std::int64_t last = 0;
  const char* end = last_event_id.data() + last_event_id.size();
  const auto read = std::from_chars(last_event_id.data(), end, last);
  if (read.ec != std::errc() || read.ptr != end) return false;
  if (last < whole_since_ || last > newest_) return false;
  for (const EventPtr& event : events_) {
    if (event->id > last) text += event->text;
  }
  return true;
}

}  // namespace signalbox::web
