// Mentions of an account, read beside its own timeline: whether they are asked for, whose count,
// and both streams made one.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "connectors/connector.h"

namespace signalbox::connectors {

/// What `read` says: `[timeline, mentions]` is true; `[timeline]`, or nothing, is false. Anything
/// else is refused: without the timeline our own words could not be told from others'.
bool reads_mentions(const Settings& settings);

/// Takes the mentions of us that a post begins with off its text, and marks it as addressed.
/// `names` are ours on that network, without @ and host.
void take_mentions_of_us(Post& post, const std::vector<std::string>& names);

/// Posts of two streams, each oldest first, as one: by time, each stream's own order kept, a post
/// that is in both once.
std::vector<Post> merged(std::vector<Post> timeline, std::vector<Post> mentions);

/// Keeps the trouble of one stream from holding up the other's posts: what was read is given first,
/// and the error by the next call.
class PutOff {
 public:
  /// `fetched`, or `trouble` when there is nothing to give.
  Result<Fetched> give(Fetched fetched, Error trouble);
  /// The error not yet told, once.
  std::optional<Error> take() { return std::exchange(untold_, std::nullopt); }

 private:
  std::optional<Error> untold_;
};

}  // namespace signalbox::connectors
