// One post as X's API v2 gives it, reduced to what Signalbox asks of it. Old and new names of the
// fields are both read.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/post.h"

namespace signalbox::connectors::twitter {

/// An account that a post mentions.
struct Named {
  std::string id;
  std::string name;  ///< without @
};

/// A post. Its text is whole (also a long one's), with entities decoded and t.co links replaced.
struct Tweet {
  std::string id;
  std::string text;
  std::string author;                ///< "" when the answer does not say
  std::string conversation;          ///< id of the conversation's first post, or ""
  std::string replies_to;            ///< id of the post it answers, or ""
  Origin origin = Origin::own;       ///< boost of a repost, quote of a quoting one
  std::vector<std::string> history;  ///< ids of its versions, oldest first
  std::vector<Named> mentions;
  std::optional<Time> at;
};

/// Some posts of an answer, in its order.
struct Tweets {
  std::vector<Tweet> all;
  std::string next_token;
  std::vector<std::string> missing;    ///< ids asked for that are gone
  std::vector<std::string> forbidden;  ///< ids asked for that we may not see now
};

/// `data`, `meta` and `errors` of an answer. `data` may be absent or empty when nothing is there;
/// corrupt when it is something else, or the answer is of another shape.
Result<Tweets> read_tweets(const nlohmann::json& answer, std::string_view place);

/// Ids are unsigned 64-bit numbers in decimal: compared by length, then as text, never as doubles.
bool newer(std::string_view a, std::string_view b);
/// When an id was given out; nullopt for those that hold no time.
std::optional<Time> time_of(std::string_view id);

/// Whether a text of ours and one read back are the same words: white space, schemes and final
/// slashes of links, and the mentions a reply begins with do not count.
bool same_words(std::string_view ours, std::string_view read_back);

}  // namespace signalbox::connectors::twitter
