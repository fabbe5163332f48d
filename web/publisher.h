// From snapshot to bytes: the documents of one publication, each made once and served as it is.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/snapshot.h"

namespace signalbox {
struct PagePart;  // model/page_part.h
}

namespace signalbox::web {

enum class Encoding : std::uint8_t { identity, gzip, brotli };

/// What goes above a body, beside what follows from the body itself.
struct Heading {
  std::string content_type;
  std::string extra;  ///< further header lines, each ended by CRLF
  /// Headers of a request by which another document may be answered, beside Accept-Encoding.
  std::string vary;
};

/// One body with its ready-made headers, in one encoding.
struct Bytes {
  std::string head;  ///< status line and headers, but for Date, Connection and the empty line
  std::string body;
  std::string not_modified;  ///< the head of the 304 that stands for this body
  std::string etag;          ///< strong, quoted, of this encoding
};

/// One document. Encodings are made when first asked for, once; after that reading costs nothing.
/// Thread-safe.
class Document {
 public:
  Document(std::string body, Heading heading);

  const std::string& body() const { return identity_.body; }
  const std::string& content_type() const { return heading_.content_type; }
  /// In `wanted`, or as it is where compressing would not make it smaller.
  const Bytes& bytes(Encoding wanted) const;

 private:
  Bytes made(Encoding encoding, std::string body) const;
  const Bytes& compressed(Encoding encoding, std::once_flag& once, Bytes& bytes) const;

  Heading heading_;
  std::string tag_;
  Bytes identity_;
  mutable std::once_flag gzip_once_, brotli_once_;
  mutable Bytes gzip_, brotli_;
};
using DocumentPtr = std::shared_ptr<const Document>;

/// Which rollups are asked for: those of `service` in [from, to), `step` apart.
struct Stretch {
  std::string service;
  Time from{};  ///< a multiple of step since 1970, as `to`
  Time to{};
  Duration step{};  ///< a whole number of minutes, hours or days
};

/// Documents that need history beyond the snapshot ask here; app answers from a read-only archive.
class Archive {
 public:
  virtual ~Archive() = default;
  /// An incident by id, whatever its age; none when there is none. May block: called on a thread of
  /// its own, one at a time.
  virtual std::optional<Incident> incident(std::string_view id) = 0;
  /// One rollup a step, oldest first, those of nothing left out; none when they cannot be had. A
  /// step finer than what is still kept for that time gives coarser rollups there. As incident():
  /// may block, one call at a time.
  virtual std::optional<std::vector<Rollup>> rollups(const Stretch& stretch) = 0;
  /// The points of a metric in [from, to), one stretch a step (both ends as Stretch has them),
  /// those without any left out; none when they cannot be had. As incident(): may block, one call
  /// at a time.
  virtual std::optional<std::vector<DrawnStretch>> points(std::string_view /*metric*/,
                                                          Time /*from*/, Time /*to*/,
                                                          Duration /*step*/) {
    return {};
  }
  /// The incidents that are over and were open at any time in [from, to); none when they cannot be
  /// had. As incident(): may block, one call at a time.
  virtual std::optional<std::vector<Incident>> incidents(Time /*from*/, Time /*to*/) { return {}; }
};

/// What comes of an address with parameters.
struct Reply {
  int status = 404;  ///< 200 with the document; 400 with what is wrong; 404; 503
  DocumentPtr document = {};
  std::string wrong = {};  ///< {"error": …}, with the remedy
  bool later = false;      ///< of 503: it is being made, ask again in a moment
};
/// Where addresses begin that Site::ask() answers, not Site::find().
inline constexpr std::string_view kAsked = "/api/services/";
/// Where the page is that is shown where nothing is.
inline constexpr std::string_view kNotFound = "/404";

class Site;
using SitePtr = std::shared_ptr<const Site>;

/// A page beside the main one: its documents, and what its live streams are told.
struct PageSite {
  std::shared_ptr<const PagePart> part;
  SitePtr site;
  std::string event;  ///< as live_event() has it, since the publication before; or ""
};

/// All documents of one publication. Thread-safe.
class Site {
 public:
  virtual ~Site() = default;
  virtual const SnapshotPtr& snapshot() const = 0;
  /// The document at `path` (no query, starting with `/`); null when there is none. Made on first
  /// demand. A page whose path forces no language is said in `language`, a code that language()
  /// gave; "": the page's own.
  virtual DocumentPtr find(std::string_view path, std::string_view language) const = 0;
  DocumentPtr find(std::string_view path) const { return find(path, {}); }
  /// As find(), but made anew and not kept: for who walks through all of them.
  virtual DocumentPtr make_once(std::string_view path) const { return find(path); }
  /// The same as said by somebody who has heard nothing since `since`.
  virtual DocumentPtr find_stale(std::string_view path, Time since,
                                 std::string_view language) const = 0;
  DocumentPtr find_stale(std::string_view path, Time since) const {
    return find_stale(path, since, {});
  }
  /// The language in which a reader with that Accept-Language header is answered: its code, which
  /// lives as long as the program; "" when it is the page's own.
  virtual std::string_view language(std::string_view accept_language) const = 0;
  /// Where the document is that `path` means but does not name, as a relative reference: `/de`
  /// lacks its slash; "" when it means none.
  virtual std::string moved(std::string_view path) const = 0;
  /// There may be a document at `path`, or a better one, in a moment: the archive is being asked.
  virtual bool pending(std::string_view path) const = 0;
  /// What is at `path` (beginning with kAsked) for these parameters; `stale_since` as find_stale()
  /// has it, where nothing is heard. Does not wait: what must be looked up first is for later.
  virtual Reply ask(std::string_view path, std::string_view query,
                    std::optional<Time> stale_since) const = 0;
  /// Every path there is a document for, the archive's incidents excepted: what an export writes
  /// out.
  virtual std::vector<std::string> paths() const = 0;
  /// Of the main page: the pages beside it, in the order of the configuration.
  virtual const std::vector<PageSite>& pages() const = 0;
};

/// Makes a site from the snapshot of the whole board; its own is what its page shows of that. The
/// page is made at once, the others on first demand, each without
/// waiting for another; those whose body is as in `before` (may be null) are taken over with their
/// encodings. `archive` (may be null) outlives the site.
SitePtr render(const SnapshotPtr& snapshot, const SitePtr& before, Archive* archive);

/// What every answer carries where the page's url is https: browsers then stay there.
inline constexpr std::string_view kStrictTransport =
    "Strict-Transport-Security: max-age=31536000\r\n";
inline bool is_https(const PageFacts& page) { return page.url.starts_with("https://"); }

/// `/api/board.json` of the whole board, for staff.
std::string whole_board(const Snapshot& whole);

/// The live stream's event for what changed between two snapshots: one line of JSON with
/// `updated_at`, the changed services and the new or changed updates; empty when nothing a reader
/// sees has changed.
std::string live_event(const Snapshot& before, const Snapshot& after);
/// For a reader who has missed events that are no longer kept: without changes, with `missed`.
std::string missed_event(const Snapshot& now);
/// That nothing has been heard of the core since `stale_since`, or (none) that it is heard again.
std::string silence_event(const Snapshot& now, std::optional<Time> stale_since);

}  // namespace signalbox::web
