#include "model/announcement.h"

#include "base/hash.h"

namespace signalbox {

std::string_view word(Tidings tidings) {
  switch (tidings) {
    case Tidings::staff_word:
      return "staff_word";
    case Tidings::worse:
      return "worse";
    case Tidings::better:
      return "better";
    case Tidings::flapping:
      return "flapping";
    case Tidings::correction:
      return "correction";
    case Tidings::withdrawal:
      return "withdrawal";
    case Tidings::lost_sight:
      return "lost_sight";
    case Tidings::reminder:
      return "reminder";
    case Tidings::held:
      return "held";
    case Tidings::hint:
      return "hint";
    case Tidings::answer:
      return "answer";
    case Tidings::trouble:
      return "trouble";
    case Tidings::digest:
      return "digest";
  }
  return "";
}

std::string_view word(Audience audience) {
  switch (audience) {
    case Audience::followers:
      return "followers";
    case Audience::staff:
      return "staff";
    case Audience::followers_and_staff:
      return "followers_and_staff";
    case Audience::author:
      return "author";
    case Audience::nobody:
      return "nobody";
  }
  return "";
}

std::string announcement_id(std::uint64_t seq) {
  return short_id("announcement " + std::to_string(seq));
}

}  // namespace signalbox
