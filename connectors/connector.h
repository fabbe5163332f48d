// What a connector is: a network that is read and spoken on, or a source of readings. README.md
// beside this file shows how to add one; tests/conformance/ is the contract, and connectors.def the
// list.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "model/announcement.h"
#include "model/delivery.h"
#include "model/post.h"
#include "model/reading.h"
#include "model/recipe.h"
#include "net/http.h"

namespace signalbox::connectors {

template <typename T>
using Task = boost::asio::awaitable<T>;

/// One setting of a connector as written in the configuration, with its place so that a mistake can
/// name it.
struct Setting {
  std::string value;              ///< scalars; secrets already read from ${ENV} or *_file
  std::vector<std::string> list;  ///< sequences of scalars
  int line = 0;
  int column = 0;
};

/// All settings of one account, source or check but those every one has. Asking for a key marks it
/// as known: the loader refuses the ones nobody asked for.
class Settings {
 public:
  Settings() = default;
  explicit Settings(std::map<std::string, Setting> values) : values_(std::move(values)) {}
  const Setting* find(std::string_view key) const;
  /// The value, or `otherwise` when absent.
  std::string text(std::string_view key, std::string_view otherwise = "") const;
  Secret secret(std::string_view key) const;
  Duration duration(std::string_view key, Duration otherwise) const;
  bool flag(std::string_view key, bool otherwise) const;
  /// A whole number; `otherwise`, refused, when it is none or out of bounds.
  int whole(std::string_view key, int otherwise, int least, int most) const;
  /// The keys of a map inside, such as `headers.Accept` below `headers.`; each marked as known.
  std::vector<std::string> below(std::string_view prefix) const;
  /// Adds what is wrong with `key` (missing, not a duration, …) to mistakes().
  void refuse(std::string_view key, std::string what) const;
  /// Refuses `key` when it is absent or empty.
  void require(std::string_view key) const;
  /// Adds what is wrong in another file that a setting names.
  void refuse(RecipeFlaw flaw) const;

  struct Misfit {
    std::string key;
    int line = 0;  ///< 0: the key is absent; the loader names the entry's own place
    int column = 0;
    std::string what;
    std::string file = {};  ///< "": the configuration's own; else the place is in that one
  };
  const std::vector<Misfit>& mistakes() const { return mistakes_; }
  /// The keys nobody asked for.
  std::vector<std::string> unknown() const;
  /// The keys somebody asked for, absent ones too.
  std::vector<std::string> known() const;

 private:
  std::map<std::string, Setting> values_;
  mutable std::map<std::string, bool> asked_;
  mutable std::vector<Misfit> mistakes_;
};

/// What a connector is given by the program. All of it outlives the connector.
struct World {
  net::Http& http;
  net::Pause& pause;
  const Clock& clock;
};

/// One step of reading: posts oldest first, and where to go on. When `more`, ask again at once with
/// `cursor`.
struct Fetched {
  std::vector<Post> posts;
  std::string cursor;
  bool more = false;
};

/// What became of something we said.
struct Said {
  std::string id;   ///< the network's id
  std::string url;  ///< permalink, or ""
};

/// An account on a network. Calls run one at a time on the net thread. The contract, once for all:
/// posts oldest first, none twice within a chain of pages; plain text; refusals told apart by
/// Error::Code with `retry_after`; nonsense is `corrupt`, never a throw; no secret in any error.
/// `Post::account` and `received` are filled in.
class Network {
 public:
  virtual ~Network() = default;

  /// Reads what came after `cursor`. An empty cursor is first contact: no posts, but a cursor that
  /// means "now". The cursor given back covers exactly the posts given back (with those of earlier
  /// steps), so that the caller keeps both in one transaction. An error leaves the cursor where it
  /// was.
  virtual Task<Result<Fetched>> fetch(std::string cursor) = 0;
  /// Looks these posts up again: changed ones as new revisions, missing ones as `deleted`,
  /// unchanged ones may be left out.
  virtual Task<Result<std::vector<Post>>> revisit(std::vector<PostRef> posts) = 0;
  /// Replies in the threads of these posts after `cursor`-less memory of its own, for networks
  /// whose fetch() does not show them; others give nothing.
  virtual Task<Result<std::vector<Post>>> replies(std::vector<PostRef> threads) = 0;
  /// Says it once. Errors whose outcome is unknown are `unavailable` and not marked
  /// net::kNeverSent.
  virtual Task<Result<Said>> say(const Delivery& delivery) = 0;
  /// Looks for this delivery on our own timeline (written after `since`): the said post, or none
  /// when it is not there.
  virtual Task<Result<std::optional<Said>>> find(const Delivery& delivery, Time since) = 0;
  /// How long a post may be here; may be learnt from the server.
  virtual Limits limits() const = 0;
};

/// A word for staff that is told once for good, also across restarts.
struct Notice {
  std::string key;  ///< what it is known by: the same word again has the same
  std::string text;
};

/// What one poll of a source gave.
struct Measured {
  std::vector<Reading> readings;        ///< by instant
  std::string cursor;                   ///< kept with the readings, all or none
  std::vector<std::string> complaints;  ///< for staff: "NaN from prom for API", one line each
  std::vector<Notice> notices = {};     ///< about what was found, which counts all the same
};

/// What a source is asked about one service.
struct Question {
  std::string service;
  Settings settings;  ///< the service's `availability` entry without the common keys: `good`,
                      ///< `total`, `match`, …
};

/// A source of readings.
class Meter {
 public:
  virtual ~Meter() = default;
  /// Reads everything since `cursor` up to now: one reading a service and poll (or several, when
  /// instants were missed). Missing, NaN or senseless values give no reading and a complaint.
  virtual Task<Result<Measured>> poll(std::string cursor) = 0;
};

/// Settings every account has, read by the loader.
struct AccountSetup {
  std::string id;
  std::string base_url;
  std::string handle;  ///< our name there, without @
  Settings settings;
  /// Whose posts count beside the account's own, by immutable id. Only for what a network shows of
  /// strangers too, such as mentions: whose word counts in the end is decided behind it.
  std::vector<std::string> authors = {};
};

/// Settings every source has. A check is a source of one question, which names its service; its id
/// is `SERVICE/KIND/N`.
struct SourceSetup {
  std::string id;
  std::string base_url;
  Duration every{std::chrono::seconds(60)};
  Settings settings;
  std::vector<Question> questions;
  std::string directory;  ///< of the configuration file: relative paths start here
  std::shared_ptr<const Recipe> recipe = {};  ///< of a check that names one
};

}  // namespace signalbox::connectors
