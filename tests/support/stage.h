// The far side of a network, played by a test: documented page semantics, and the ability to
// misbehave. One a connector; served in process (FakeHttp) to the conformance suite, and over real
// HTTP (stage_server) to whole-program tests.
#pragma once

#include <deque>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "connectors/connector.h"
#include "model/post.h"
#include "net/http.h"

namespace signalbox::testing {

/// How a post on a stage differs from a plain public one by the account's own author.
struct Posting {
  std::string author;           ///< "": the allowed author
  Origin origin = Origin::own;  ///< boost, quote, hidden, bot, …, as the network marks them
  std::string in_reply_to;      ///< id of the post it replies to, or ""
  bool mentions_us = false;     ///< on the author's own timeline, where we see it as a mention only
};

/// Something said to the stage by us.
struct Heard {
  std::string id;
  std::string text;
  std::string in_reply_to;
  std::string key;  ///< idempotency key it came with, or ""
};

/// One network's server. Not thread-safe.
class Stage {
 public:
  explicit Stage(const Clock& clock) : clock_(clock) {}  ///< `clock` outlives it
  virtual ~Stage() = default;

  /// The account as the configuration would set it up; `base_url` is where the stage is served.
  virtual connectors::AccountSetup setup(const std::string& base_url) = 0;
  /// The same as lines of YAML below `accounts:` (for whole-program tests).
  virtual std::string yaml(const std::string& id, const std::string& base_url) = 0;
  /// Immutable id of the author whose word counts.
  virtual std::string allowed_author() const = 0;
  /// Another author, whose mentions of us count from reads_mentions() on; "" where a network shows
  /// none.
  virtual std::string colleague() const { return ""; }
  /// From here on the account is set up to read its mentions too.
  void reads_mentions() { mentions_ = true; }
  /// A string that must never come out of the connector but in a request's headers.
  virtual std::string secret() const = 0;

  /// Somebody writes; gives the post's id.
  virtual std::string someone_posts(const std::string& text, const Posting& how = {}) = 0;
  virtual void someone_edits(const std::string& id, const std::string& text) = 0;
  virtual void someone_deletes(const std::string& id) = 0;
  /// What we said there and still stands, oldest first.
  virtual std::vector<Heard> heard() const = 0;

  /// Answers one request, misbehaving as ordered.
  net::Response answer(const net::Request& request);
  /// Whether the answer to the request just handled is to be dropped on the wire: it was acted on,
  /// the caller sees `unavailable`.
  bool take_lost_answer();

  /// The next `times` requests get this answer instead.
  void refuses_with(int status, net::Headers headers = {}, int times = 1);
  /// The next answer is not what the protocol says (an HTML page, cut JSON, a wrong type, by
  /// turns).
  void talks_nonsense(int times = 1);
  /// The next `times` requests that say something are accepted, and their answer is lost.
  void loses_the_answer(int times = 1);
  /// The same for about so many of a hundred, until called with 0. `seed` makes it repeatable.
  void loses_some_answers(int percent, std::uint64_t seed = 1);
  /// How many requests were handled, all in all.
  int requests() const { return requests_; }

  /// Whether this request says something to others.
  virtual bool speaks(const net::Request& request) const = 0;
  /// Whether there is a far side to read from, that can misbehave. Only the local account has none.
  virtual bool remote() const { return true; }
  /// The origins that this network lets someone_posts() mark, but for `own`.
  virtual std::vector<Origin> origins() const { return {}; }
  /// From here on idempotency keys are ignored, where the network has them.
  virtual void ignores_keys() {}

 protected:
  /// The protocol proper.
  virtual net::Response handle(const net::Request& request) = 0;

  const Clock& clock_;
  bool mentions_ = false;

 private:
  struct Refusal {
    int status;
    net::Headers headers;
  };
  std::deque<Refusal> refusals_;
  int nonsense_ = 0;
  int nonsense_kind_ = 0;
  int to_lose_ = 0;
  int to_lose_percent_ = 0;
  std::mt19937_64 chance_;
  bool lost_ = false;
  int requests_ = 0;
};

/// Makes the stage of a kind (`mastodon`, `slack`, …). Every NETWORK of connectors.def has one, or
/// the tests do not link: `std::unique_ptr<testing::Stage> make_stage(const Clock&)` in namespace
/// signalbox::connectors::<folder>, in `connectors/<folder>/<folder>_stage.cc`.
std::unique_ptr<Stage> make_stage(std::string_view kind, const Clock& clock);

}  // namespace signalbox::testing
