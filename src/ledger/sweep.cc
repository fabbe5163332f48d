#include "ledger/sweep.h"

#include <algorithm>

#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

constexpr std::chrono::hours kEvery{1};
constexpr std::chrono::days kIncidentsKept{30};
constexpr std::chrono::days kHeldKept{7};
constexpr std::chrono::days kFollowedAfter{1};
constexpr std::chrono::hours kRecentKept{1};
constexpr std::chrono::days kChangesKept{1};
constexpr std::size_t kMostRemembered = 2000;

template <typename Memory>
void trim_front(std::deque<Memory>& memory, Time oldest) {
  while (!memory.empty() && (memory.front().received < oldest || memory.size() > kMostRemembered)) {
    memory.pop_front();
  }
}

/// When what a followed post spoke in was over; nullopt while it is not.
std::optional<Time> over(const Book& book, const std::set<std::string>& notices,
                         const FollowedPost& post) {
  if (const auto* spoken = incident(book, post.incident)) return spoken->resolved;
  if (const auto* work = maintenance(book, post.incident)) return work->ended;
  if (notices.contains(post.incident)) return std::nullopt;
  return post.at;
}

void forget_followed(Book& book, Time now) {
  std::set<std::string> notices;
  for (const auto& notice : book.notices) notices.insert(notice.id);
  std::erase_if(book.followed, [&](const auto& item) {
    const auto ended = over(book, notices, item.second);
    return ended && now - *ended > kFollowedAfter && !item.second.deleted;
  });
}

void forget_incidents(Book& book, Time now) {
  const auto gone = std::erase_if(book.incidents, [&](const Incident& incident) {
    return incident.resolved && now - *incident.resolved > kIncidentsKept;
  });
  if (gone > 0) reindex(book);
}

void forget_reminders(Book& book) {
  std::erase_if(book.reminded, [&](const auto& item) {
    const auto space = item.first.find(' ');
    const auto* spoken = incident(book, item.first.substr(space + 1));
    return spoken == nullptr || !spoken->open();
  });
}

}  // namespace

void sweep(Book& book, Time now) {
  trim_front(book.recent, now - kRecentKept);
  trim_front(book.changes, now - kChangesKept);
  if (now - book.swept < kEvery) return;
  book.swept = now;
  forget_followed(book, now);
  forget_incidents(book, now);
  forget_reminders(book);
  std::erase_if(book.held, [&](const auto& held) { return now - held.at > kHeldKept; });
  std::erase_if(book.maintenances, [&](const Maintenance& work) {
    return work.ended && now - *work.ended > kIncidentsKept;
  });
}

}  // namespace signalbox::ledger
