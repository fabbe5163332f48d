#include <utility>

#include "announce/words.h"
#include "base/hash.h"

namespace signalbox::announce {
namespace {

using Announcements = std::vector<Announcement>;

Announcements one_if(std::optional<Announcement> a) {
  Announcements all;
  if (a) all.push_back(std::move(*a));
  return all;
}

Announcements of_applied(const PostReceived& what, const Telling& telling) {
  Announcements all;
  if (what.tell && std::holds_alternative<Report>(what.sentence)) {
    all.push_back(staff_word(what, telling));
  }
  if (auto word = still_measured_worse(what, telling)) all.push_back(std::move(*word));
  return all;
}

Announcements of_post(const PostReceived& what, const Telling& telling) {
  switch (what.verdict) {
    case Verdict::applied:
      return of_applied(what, telling);
    case Verdict::corrected:
      if (!what.tell || !std::holds_alternative<Report>(what.sentence)) return {};
      return {correction(what, telling)};
    case Verdict::withdrawn:
      return one_if(cancellation(what, telling));
    case Verdict::held:
      return held(what);
    case Verdict::mistake:
      return {hint(what)};
    case Verdict::question:
      return {answer(what, telling)};
    case Verdict::recorded:
    case Verdict::withheld:
    case Verdict::echo:
    case Verdict::ignored:
      break;
  }
  return {};
}

std::string id_of(std::uint64_t seq, std::size_t place) {
  if (place == 0) return announcement_id(seq);
  return short_id("announcement " + std::to_string(seq) + "/" + std::to_string(place));
}

}  // namespace

std::vector<Announcement> what_to_say(const Event& event, const Book& before, const Book& after,
                                      const Snapshot& board, const Habits& habits) {
  if (const auto* spoke = std::get_if<MachineSpoke>(&event.what)) {
    return spoke->told ? Announcements{spoke->announcement} : Announcements{};
  }
  const Telling telling{event.at, before, after, board, habits};
  Announcements all;
  if (const auto* post = std::get_if<PostReceived>(&event.what)) all = of_post(*post, telling);
  if (const auto* ran_out = std::get_if<Elapsed>(&event.what)) {
    all = one_if(reminder(*ran_out, telling));
  }
  if (std::holds_alternative<Configured>(event.what)) all = closed_by_leaving(telling);
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].id = id_of(event.seq, i);
    all[i].at = event.at;
  }
  return all;
}

}  // namespace signalbox::announce
