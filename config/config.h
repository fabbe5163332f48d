// The configuration, read strictly: all mistakes at once, each with its place.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "base/time.h"
#include "base/zone.h"
#include "model/account.h"
#include "model/check_rules.h"
#include "model/recipe.h"
#include "model/service.h"
#include "model/snapshot.h"

namespace signalbox::config {

/// One mistake: `FILE:LINE:COL: what`.
struct Misfit {
  std::string file;
  int line = 0;
  int column = 0;
  std::string what;
  /// Nothing is wrong with the file: what it names is not here, a variable, a secret's file, the
  /// store's folder.
  bool absent = false;
};
std::string to_text(const Misfit& misfit);

struct Place {
  int line = 0;
  int column = 0;
};

/// A setting of a connector, not interpreted here, with its place.
struct Value {
  std::string scalar;
  std::vector<std::string> list;
  int line = 0;
  int column = 0;
  Place key;            ///< where its key stands; line and column are the value's
  bool secret = false;  ///< came from ${ENV} or a *_file
};
using Values = std::map<std::string, Value>;

/// `availability:` of a service: which source says how it is, and what it is asked.
struct Availability {
  std::string source;
  Values asks;  ///< good, total, match, …: the source's business
  Place place;
};

/// `checks:` of a service.
struct Check {
  std::string kind;
  Values asks;
  Place kind_place;
  Place place;
  std::shared_ptr<const Recipe> recipe = {};  ///< of kind `recipe`; null: it cannot be used
  CheckRules rules = {};  ///< but for `every`, which is among `asks` where it was given
};

struct ServiceEntry {
  Service service;
  std::optional<Availability> availability;
  bool stale_after_given = false;  ///< else it is 3 intervals of the source, at least 3 minutes
  std::vector<Check> checks;
  Place place;
};

struct SourceEntry {
  std::string id;
  std::string kind;
  std::string base_url;
  std::optional<Duration> every;
  Values settings;
  Place kind_place;
  Place place;
};

struct AccountEntry {
  std::string id;
  std::string kind;
  std::string base_url;
  std::string handle;
  std::optional<Duration> poll;
  std::optional<std::vector<std::string>> authors;  ///< absent: the account itself
  bool members = false;                             ///< `authors: members`
  std::optional<bool> announce, staff, link_public;
  std::optional<ThreadReplies> thread_replies;
  std::optional<Notices> notices;
  std::map<std::string, std::string> author_names;  ///< id to the public name shown for it
  Values settings;
  Place kind_place;
  Place place;
};

/// `metrics:` what scripts submit in Statuspage's way.
struct MetricEntry {
  enum class Kind { good, total, percent, value };
  std::string id;
  std::string service;
  Kind kind = Kind::value;  ///< good and total together measure the service; the others are drawn
  std::string name;         ///< of one that is drawn: what the page calls it; "": its id
  std::string unit;         ///< of one that is drawn: behind its numbers; "": none, of percent "%"
  Place place;
};

/// `publish:` a place elsewhere where the public site is kept as static files.
struct MirrorEntry {
  enum class Kind { directory, rsync, s3 };
  std::string id;  ///< its kind's word unless said
  Kind kind = Kind::directory;
  Duration every = std::chrono::minutes(5);  ///< how often all of it is written at least
  std::string path;                          ///< of a directory, resolved
  std::string to;                            ///< of rsync, with what it is told beside
  std::vector<std::string> options;
  std::string program = "rsync";
  Duration timeout = std::chrono::minutes(5);
  std::string base_url;  ///< of a bucket; "": Amazon's for the region
  std::string region, bucket, prefix, key_id;
  Secret secret, session_token;
  bool gzip = false;
  Place place;
};

/// One of `pages`: a page beside the main one.
struct PageEntry {
  std::string slug;
  std::string name;                   ///< the main page's unless said
  std::string url;                    ///< made from the host or the main page's unless said
  std::string host;                   ///< lower case; ""
  std::vector<std::string> services;  ///< ids, groups resolved
  Secret token;                       ///< of a private page that a link opens
  Secret password_hash;               ///< of one that a password opens: argon2id, as text
  Place place;
  Place lock_place;         ///< of what opens it
  bool is_private = false;  ///< also where what opens it could not be read: then nothing does
};

/// The whole file.
struct Config {
  std::string file;
  std::string directory;
  PageFacts page;
  /// `page.services`, ids; none: all that are not on private pages only.
  std::optional<std::vector<std::string>> main_services;
  std::vector<PageEntry> pages;
  struct Listen {
    std::string public_address = "127.0.0.1:8080";  ///< or unix:PATH, resolved
    std::string control_address = "127.0.0.1:8081";
    bool behind_proxy = false;
    bool proxy_protocol = false;  ///< trusted proxies speak it on the public address
    std::string socket_group;     ///< of the public Unix socket; "": the process's
    Place place;
  } listen;
  std::string store = "sqlite:signalbox.db";  ///< paths resolved against `directory`
  std::string state_dir;                      ///< resolved
  std::vector<ServiceEntry> services;
  std::vector<SourceEntry> sources;
  std::vector<MetricEntry> metrics;
  Secret push_token;  ///< `push.token`; empty: the control plane's is asked for
  std::vector<MirrorEntry> mirrors;
  std::vector<AccountEntry> accounts;  ///< a local one is added when none is named
  int safety_changes = 10;
  Duration safety_within{std::chrono::minutes(10)};
  Duration group_wait{std::chrono::seconds(10)};
  struct Limits {
    int per_address = 100;
    int connections = 20000;
    std::vector<std::string> trusted_proxies{"127.0.0.0/8", "::1"};
  } limits;
  std::string access_log;  ///< "stderr", or a file, resolved; "": none
  struct Retention {
    Duration readings = std::chrono::days(2);
    Duration minutes = std::chrono::days(14);
    Duration hours = std::chrono::days(400);
    std::optional<Duration> days;  ///< none: for ever
  } retention;
  std::string heartbeat;  ///< URL, or ""
  bool figures_counts = true;
  bool log_json = false;

  std::vector<Service> service_list() const;
};

/// A file read: the configuration, or everything that is wrong with it.
struct Loaded {
  std::optional<Config> config;
  std::vector<Misfit> misfits;  ///< never empty when there is no config; by line
  /// What could be read of a refused file: only for checks that look for more mistakes in it.
  std::optional<Config> draft;
  /// The configuration for a program that speaks to nobody outside and keeps nothing: the draft
  /// will do when all it lacks are secrets and the store's folder.
  const Config* without_secrets() const;
};

/// Reads and checks the file. `${NAME}`s come from the environment, and `…_file` secrets are read.
/// What connectors know better (their own settings) is checked by app, with the places kept here.
Loaded load(const std::string& path);
Loaded load_text(const std::string& text, const std::string& file_name);

}  // namespace signalbox::config
