// An account on X: its own timeline is read, mentions of it where asked for, and ours is said
// there.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "connectors/connector.h"
#include "connectors/mentions.h"
#include "connectors/twitter/api.h"
#include "connectors/twitter/cursor.h"
#include "connectors/twitter/tweet.h"

namespace signalbox::connectors::twitter {

/// What the configuration says of an account.
struct Timeline {
  std::string account;
  std::string user;              ///< its immutable id
  std::string fields_parameter;  ///< "tweet.fields", or "post.fields" where it is called so
  bool mentions = false;         ///< read too, those by `authors`
  std::vector<std::string> authors = {};
};

/// Reads what is newer than the highest id seen: the cursor. X lists newest first, so the cursor
/// moves only when the chain of pages is read to its end; a chain cut short by a refusal is kept in
/// memory and taken up where it broke.
class Twitter final : public Network {
 public:
  Twitter(Timeline timeline, Api api, const Clock& clock);  ///< `clock` outlives it

  Task<Result<Fetched>> fetch(std::string cursor) override;
  Task<Result<std::vector<Post>>> revisit(std::vector<PostRef> posts) override;
  /// Nothing: own replies are on the timeline.
  Task<Result<std::vector<Post>>> replies(std::vector<PostRef> threads) override;
  /// A text that X refuses as a duplicate was said before: the earlier post is given.
  Task<Result<Said>> say(const Delivery& delivery) override;
  Task<Result<std::optional<Said>>> find(const Delivery& delivery, Time since) override;
  Limits limits() const override;

 private:
  enum class Stream { timeline, mentions };
  /// Pages read so far of one stream.
  struct Chain {
    std::string cursor;       ///< it began with
    std::string token;        ///< of the page to ask for next; "": the first
    std::vector<Tweet> read;  ///< newest first
    std::set<std::string> ids;
  };

  /// Posts oldest first, and the highest id known.
  struct Read {
    std::vector<Post> posts;
    std::string newest;
  };

  /// One page of a stream, newest first.
  Task<Result<Tweets>> page(Stream which, std::string since_id, std::string token,
                            std::string size);
  /// Posts by id, however many.
  Task<Result<Tweets>> look_up(std::vector<std::string> ids);
  /// Reads `chain` to its end, or to the first refusal: what it read by then stays in it.
  Task<Status> read_on(Stream which, Chain& chain);
  /// What is newer than `since`; nothing, when that is "" (first contact).
  Task<Result<Read>> read(Stream which, std::string since);
  /// The earlier post of a text that was refused as a duplicate.
  Task<Result<Said>> said_before(const Delivery& delivery);
  net::Parameters wanted_fields() const;

  /// Whether a post of a stream is read: of the mentions, those by authors.
  bool counts(Stream which, const Tweet& tweet) const;
  std::vector<Post> posts(Stream which, const Chain& chain) const;
  Post post(const Tweet& tweet) const;
  std::string version_before(const Tweet& tweet, const Chain& chain) const;
  bool is_delivery(const Tweet& tweet, const Delivery& delivery, Time since) const;

  Timeline timeline_;
  Api api_;
  const Clock& clock_;
  std::map<Stream, Chain> chains_;
  PutOff put_off_;
};

/// Permalink of a post.
std::string link_to(const std::string& id);

}  // namespace signalbox::connectors::twitter
