#include "connectors/mastodon/stream.h"

#include <algorithm>
#include <set>
#include <utility>

namespace signalbox::connectors::mastodon {
namespace {

std::vector<std::string> ids_of(const Entries& entries) {
  std::vector<std::string> ids;
  for (const Entry& entry : entries) ids.push_back(entry.id);
  return ids;
}

std::vector<Post> posts_of(Entries entries) {
  std::vector<Post> posts;
  for (Entry& entry : entries) {
    if (entry.post) posts.push_back(*std::move(entry.post));
  }
  return posts;
}

}  // namespace

Task<Result<Stream::Step>> Stream::read(std::optional<Cursor> from) {
  if (!from) co_return co_await first_contact();
  if (from->recent.empty()) co_return co_await everything();
  co_return co_await step(*std::move(from));
}

Task<Result<Stream::Step>> Stream::first_contact() {
  net::Parameters unnarrowed;
  const Result<Entries> newest = co_await page_(std::move(unnarrowed));
  if (!newest) co_return newest.error();
  Step now;
  now.cursor.add(ids_of(*newest));
  now.cursor.at_end = true;
  co_return now;
}

Task<Result<Stream::Step>> Stream::step(Cursor cursor) {
  net::Parameters where;
  where.emplace_back("min_id", cursor.after());
  Result<Entries> fresh = co_await page_(std::move(where));
  if (!fresh) co_return fresh.error();
  // A server with short pages may show nothing but what is known: then the end is further on.
  const bool short_page =
      cursor.at_end && !fresh->empty() && fresh->back().id != cursor.recent.back();
  std::erase_if(*fresh, [&](const Entry& entry) { return cursor.knows(entry.id); });
  Step step;
  step.more = !fresh->empty() || short_page;
  step.cursor = std::move(cursor);
  step.cursor.add(ids_of(*fresh));
  step.cursor.at_end = !step.more;
  step.posts = posts_of(*std::move(fresh));
  co_return step;
}

Task<Status> Stream::gather() {
  std::set<std::string> known;
  for (const Entry& entry : gathered_) known.insert(entry.id);
  while (true) {
    net::Parameters where;
    if (!gathered_.empty()) where.emplace_back("max_id", gathered_.front().id);
    Result<Entries> older = co_await page_(std::move(where));
    if (!older) co_return older.error();
    std::erase_if(*older, [&](const Entry& entry) { return !known.insert(entry.id).second; });
    if (older->empty()) co_return Status();
    gathered_.insert(gathered_.begin(), older->begin(), older->end());
  }
}

Task<Result<Stream::Step>> Stream::everything() {
  // Nothing to ask after, and no id may be made up: back from the newest. What was read stays for
  // the next try.
  const Status whole = co_await gather();
  if (!whole) co_return whole.error();
  Entries all = std::exchange(gathered_, {});
  Step step;
  step.cursor.add(ids_of(all));
  step.more = !all.empty();
  step.posts = posts_of(std::move(all));
  co_return step;
}

}  // namespace signalbox::connectors::mastodon
