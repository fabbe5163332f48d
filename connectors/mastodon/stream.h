// One of the server's lists, read forward page by page: our timeline, or the notifications of who
// mentions us.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/mastodon/cursor.h"
#include "net/url.h"

namespace signalbox::connectors::mastodon {

/// An entry of a list: its id there, and the post it holds; none when it is not for us.
struct Entry {
  std::string id;
  std::optional<Post> post;
};
using Entries = std::vector<Entry>;

/// Knows how a list is paged, and nothing of what is in it. One call at a time.
class Stream {
 public:
  /// Gives a page, oldest first: the newest one, or the one that `min_id` or `max_id` asks for.
  using Page = std::function<Task<Result<Entries>>(net::Parameters where)>;
  explicit Stream(Page page) : page_(std::move(page)) {}

  /// Posts oldest first, and where to go on.
  struct Step {
    std::vector<Post> posts;
    Cursor cursor;
    bool more = false;
  };
  /// Without a cursor it is first contact: no posts, and a cursor that means "now". An error leaves
  /// everything as it was.
  Task<Result<Step>> read(std::optional<Cursor> from);

 private:
  Task<Result<Step>> first_contact();
  Task<Result<Step>> step(Cursor cursor);
  Task<Result<Step>> everything();
  Task<Status> gather();

  Page page_;
  Entries gathered_;  ///< of a list read from its end to its start, oldest first
};

}  // namespace signalbox::connectors::mastodon
