#include <algorithm>
#include <map>

#include "announce/announce.h"
#include "announce/head.h"
#include "announce/state_text.h"
#include "base/hash.h"
#include "base/text.h"

namespace signalbox::announce {
namespace {

std::string incidents_text(const Snapshot& board, Time since) {
  std::size_t begun = 0;
  std::size_t ended = 0;
  for (const Incident& i : board.incidents) {
    begun += i.opened >= since ? 1U : 0U;
    ended += i.resolved && *i.resolved >= since ? 1U : 0U;
  }
  if (begun + ended == 0) return "";
  return ": " + std::to_string(begun) + (begun == 1 ? " incident" : " incidents") + " begun, " +
         std::to_string(ended) + " resolved";
}

}  // namespace

Announcement digest(const Snapshot& board, const Habits& habits, Time since, Time now) {
  std::vector<Line> troubled;
  std::vector<std::string> all;
  for (const ServiceView& v : board.services) {
    all.push_back(v.id);
    if (!worse(v.state, State::up)) continue;
    Line line;
    line.service = v.id;
    line.state = v.state;
    troubled.push_back(std::move(line));
  }
  Announcement a;
  a.id = short_id("digest " + std::to_string(since.time_since_epoch().count()) + " " +
                  std::to_string(board.seq));
  a.tidings = Tidings::digest;
  a.audience = Audience::followers;
  a.lines = worst_first(std::move(troubled), board);
  const State worst = worst_of(a.lines);
  std::erase_if(all, [&](const std::string& id) {
    return !a.lines.empty() && std::ranges::none_of(a.lines, [&](const Line& line) {
      return line.service == id && line.state == worst;
    });
  });
  const bool calm = a.lines.empty() && board.worst != State::up;  // UNKNOWN or MAINT: not UP
  if (!calm && !all.empty()) {
    a.targets = folded(all, board);
    a.head_word = word(worst);
  }
  a.text = "since " + habits.zone.date_text(since) + " " + habits.zone.clock_text(since) +
           incidents_text(board, since) + "; now " + state_text(board, {});
  a.reason = "after_an_absence";
  a.at = now;
  return a;
}

}  // namespace signalbox::announce
