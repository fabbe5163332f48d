#include <algorithm>
#include <set>

#include "announce/announce.h"
#include "announce/head.h"
#include "announce/links.h"
#include "base/text.h"

namespace signalbox::announce {
namespace {

constexpr std::string_view kCut = "…";

/// What a line is put together from.
struct Parts {
  std::string head;  ///< "" when there is none
  std::string text;
  std::string time;  ///< with the space before it

  std::string line() const { return (head.empty() ? "" : head + ": ") + text + time; }
};

bool fits(const Parts& parts, const Limits& limits) {
  return length(parts.line(), limits) <= limits.most;
}

/// How many services `targets` name; a target the board does not know counts as one.
std::size_t named(const std::vector<std::string>& targets, const Snapshot& board) {
  std::set<std::string> services;
  for (const std::string& target : targets) {
    const std::vector<std::string> all = expanded(target, board);
    if (all.empty()) services.insert(target);
    services.insert(all.begin(), all.end());
  }
  return services.size();
}

/// Names the first targets that leave room for a text, and counts the others in the text.
void shorten_head(Parts& parts, const Announcement& a, const Limits& limits,
                  const Snapshot& board) {
  const std::size_t room = limits.most * 3 / 5;
  if (a.targets.size() < 2 || length(parts.head, limits) <= room) return;
  std::vector<std::string> kept = a.targets;
  do {
    kept.pop_back();
    parts.head = head(kept, a.head_word);
  } while (kept.size() > 1 && length(parts.head, limits) > room);
  const std::size_t others = named(a.targets, board) - named(kept, board);
  if (others > 0) parts.text = "and " + std::to_string(others) + " more: " + parts.text;
}

/// Half a link is a wrong link.
std::string_view not_inside_a_link(std::string_view text, std::size_t cut) {
  for (const Link& link : links(text)) {
    if (link.sure && link.begin < cut && cut < link.end) cut = link.begin;
  }
  return trim(text.substr(0, cut));
}

void shorten_text(Parts& parts, const Limits& limits) {
  const std::string whole = parts.text;
  const std::vector<std::size_t> sizes = graphemes(whole);
  const auto cut_after = [&](std::size_t count) {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < count; ++i) bytes += sizes[i];
    return std::string(not_inside_a_link(whole, bytes)) + std::string(kCut);
  };
  std::size_t least = 0;
  std::size_t most = sizes.size();
  while (least < most) {
    const std::size_t middle = (least + most + 1) / 2;
    parts.text = cut_after(middle);
    if (fits(parts, limits)) {
      least = middle;
    } else {
      most = middle - 1;
    }
  }
  parts.text = cut_after(least);
}

std::string time_of(const Announcement& a, const Snapshot& board) {
  if (a.tidings == Tidings::hint) return "";
  return " (" + board.page.zone.clock_text(a.at) + ")";
}

}  // namespace

std::string compose(const Announcement& announcement, const Limits& limits, const Snapshot& board) {
  Parts parts{.head = head(announcement.targets, announcement.head_word),
              .text = std::string(trim(printable(announcement.text))),
              .time = time_of(announcement, board)};
  if (fits(parts, limits)) return parts.line();
  shorten_head(parts, announcement, limits, board);
  if (!fits(parts, limits)) shorten_text(parts, limits);
  return parts.line();
}

}  // namespace signalbox::announce
