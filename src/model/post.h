// What somebody wrote on a network, as a connector hands it in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.h"

namespace signalbox {

/// Whose words a post carries, and how. Only `own` may drive state; the others are kept with their
/// reason.
enum class Origin : std::uint8_t {
  own,        ///< the author's own public words
  boost,      ///< somebody else's words passed on
  quote,      ///< own words around somebody else's post
  forwarded,  ///< passed on from another chat
  hidden,     ///< private, direct, or behind a visibility that followers do not see
  bot,        ///< written by a program
};
/// "own", "boost", …: the named reason why such a post is ignored.
std::string_view word(Origin origin);

/// One post, or one revision of it. Identified by (account, id, revision).
struct Post {
  std::string account;   ///< the configured account it was read on
  std::string id;        ///< the network's id; opaque, never ordered or parsed
  std::string revision;  ///< "" as first written; else what tells this edit from others
  std::string replaces;  ///< the id of the post this one is a new version of (X gives edits a new
                         ///< id), else ""
  bool deleted = false;  ///< the post is gone; only account and id are set
  std::string author;    ///< immutable id of the author on its network
  std::string author_name;  ///< how the author is called there; for the audit log only
  std::string text;         ///< plain text, UTF-8, markup and entities resolved
  std::string url;          ///< permalink, or ""
  std::string thread;       ///< id of the thread's first post when this is a reply, else ""
  Origin origin = Origin::own;
  bool addressed = false;  ///< begins with a mention of us that the connector had to resolve itself
  Time at{};               ///< when it was written, by the network's clock
  Time received{};         ///< when we read it

  bool operator==(const Post&) const = default;
};

/// Where a post is: enough to look it up or to answer it.
struct PostRef {
  std::string account;
  std::string id;
  std::string thread;  ///< as Post::thread

  auto operator<=>(const PostRef&) const = default;
};

}  // namespace signalbox
