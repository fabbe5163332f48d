// Where everything accepted is kept. A narrow interface in the domain's verbs, so that SQLite,
// memory and PostgreSQL can stand behind it alike; tests/conformance/store/ is its contract.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/delivery.h"
#include "model/drawn.h"
#include "model/reading.h"
#include "model/rollup.h"
#include "store/changes.h"
#include "store/grain.h"

namespace signalbox::store {

/// A ledger event as stored: model/event.h encodes and decodes it.
struct Row {
  std::uint64_t seq = 0;
  Time at{};
  int version = 1;
  std::string kind;
  std::string payload;
  /// "ACCOUNT\nPOST ID\nREVISION" of a post's event, else "". Unique: a second one refuses the
  /// whole batch as invalid.
  std::string key;

  bool operator==(const Row&) const = default;
};

/// How far an account or source has been read: opaque to all but the connector that made it.
struct Cursor {
  std::string of;  ///< "KIND BASE_URL ACCOUNT": a changed address begins anew
  std::string value;

  bool operator==(const Cursor&) const = default;
};

/// The answer to a command that carried its own id: the same id gives the same answer.
struct Answer {
  std::string id;
  std::string body;

  bool operator==(const Answer&) const = default;
};

/// An incident that is over, as JSON (model/book.h): found by its id however old it is.
struct KeptIncident {
  std::string id;
  std::string payload;

  bool operator==(const KeptIncident&) const = default;
};

/// What one cause brings about, kept all or none.
struct Batch {
  std::vector<Row> rows;
  std::vector<Cursor> cursors;
  std::vector<Delivery> deliveries;  ///< inserted, or replaced by id
  std::vector<Answer> answers;
  std::vector<KeptIncident> incidents = {};  ///< inserted, or replaced by id; the last one holds
  std::vector<Showing> showings = {};        ///< inserted, or replaced by service and seq

  bool empty() const {
    return rows.empty() && cursors.empty() && deliveries.empty() && answers.empty() &&
           incidents.empty() && showings.empty();
  }
};

/// The fold of the ledger up to `seq`, to start from.
struct Checkpoint {
  std::uint64_t seq = 0;
  std::string payload;
};

/// One writer. Every call may block on the disk for at most 100 ms (busy) plus the write itself.
/// Not thread-safe: the core thread owns it; `Archive` is for others.
class Store {
 public:
  virtual ~Store() = default;

  /// Keeps all of `batch` or none of it; durable on return. Rows must continue the sequence without
  /// a gap, else internal. A row whose key is known already refuses the batch: invalid. A full disk
  /// or a lock: unavailable, nothing kept, the same call may be repeated.
  virtual Status keep(const Batch& batch) = 0;
  /// Up to `most` rows with seq > `after`, ascending.
  virtual Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) = 0;
  /// Seq of the newest row; 0 for an empty ledger.
  virtual Result<std::uint64_t> last_seq() = 0;
  /// Whether a post's row with this key is kept.
  virtual Result<bool> knows(std::string_view key) = 0;

  virtual Result<std::optional<std::string>> cursor(std::string_view of) = 0;
  virtual Result<std::optional<std::string>> answer(std::string_view id) = 0;

  /// Deliveries not yet settled, by priority (highest first), then in the order they were made.
  virtual Result<std::vector<Delivery>> open_deliveries() = 0;
  /// The newest `most` deliveries of any state, newest first.
  virtual Result<std::vector<Delivery>> deliveries(std::size_t most) = 0;
  virtual Result<std::optional<Delivery>> delivery(std::string_view id) = 0;
  /// All deliveries of one announcement.
  virtual Result<std::vector<Delivery>> deliveries_of(std::string_view announcement) = 0;
  /// The sent delivery that has this remote id on this account: how we know our own words.
  virtual Result<std::optional<Delivery>> sent_as(std::string_view account,
                                                  std::string_view remote_id) = 0;

  virtual Status keep_checkpoint(const Checkpoint& checkpoint) = 0;
  /// The newest checkpoint; none when there is none, or it cannot be read (then fold from the
  /// start).
  virtual Result<std::optional<Checkpoint>> checkpoint() = 0;

  /// Adds readings and moves the source's cursor, all or none. A reading whose key (source,
  /// service, instant) is known takes the place of the one kept, and the sums of its minute, hour
  /// and day change by the difference: the same one again changes nothing. Gives what changed
  /// (Changes::moved). A bounded number of rows is touched a reading, however many are kept. One
  /// from before what is forgotten is passed over; one whose minute (hour, day) is forgotten is
  /// summed in what is not. Kept apart from the ledger (own file, own writer),
  /// `synchronous=NORMAL`.
  virtual Result<std::vector<ServiceSums>> keep_readings(std::span<const Reading> readings,
                                                         const std::optional<Cursor>& cursor) = 0;
  /// The readings of every service with instant > `after`, by instant.
  Result<std::vector<Reading>> readings(Time after) {
    std::vector<Reading> all;
    const Status read = each_reading(after, [&](const Reading& one) { all.push_back(one); });
    if (!read) return read.error();
    return all;
  }
  /// The same, handed to `take` one by one: there may be millions.
  virtual Status each_reading(Time after, const std::function<void(const Reading&)>& take) = 0;
  virtual Result<std::optional<std::string>> reading_cursor(std::string_view of) = 0;
  /// The sums of every service, a row each of `grain`, that began at `from` or later; by beginning,
  /// then service. Without latencies and states.
  virtual Result<std::vector<ServiceSums>> sums(Grain grain, Time from) = 0;
  /// The sums of one service in [from, to), oldest first, in steps of `step` (a whole number of
  /// minutes, counted from 1970; those in which nothing was measured are left out): see parts().
  /// Invalid when the step is none. Without states.
  virtual Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                              Duration step) = 0;
  /// Keeps points of metrics that are drawn, all or none, in the readings' file: of each metric and
  /// minute the one with the newest instant, of one instant the one kept last. The same again
  /// changes nothing; each costs the same however many are kept. Invalid, with nothing kept, for a
  /// value that is no number or beyond DrawnPoint::kMost.
  virtual Status keep_points(std::span<const DrawnPoint> points) = 0;
  /// The points of one metric whose minutes begin in [from, to), oldest first, in steps of `step`
  /// (as rollups() has them); steps without any are left out. Invalid when the step is none.
  virtual Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                                   Duration step) = 0;
  /// Forgets what is older than `before`, oldest first: at most `most` rows, readings before sums,
  /// fine sums before coarse ones, then points that are drawn, which go with the sums of minutes. A
  /// sum goes when all of it is older. Gives how many went; 0 when nothing older is left.
  virtual Result<std::size_t> forget(const Horizon& before, std::size_t most) = 0;

  /// When `service` began to be shown in which state, oldest first: in (from, to), and the last
  /// before that.
  virtual Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) = 0;
};

/// Reads what the page no longer holds, from a read-only connection of its own. One a thread.
class Archive {
 public:
  virtual ~Archive() = default;
  virtual Result<std::vector<Row>> rows(std::uint64_t after, std::size_t most) = 0;
  /// The payload last kept for an incident; none when none was. One look-up.
  virtual Result<std::optional<std::string>> incident(std::string_view id) = 0;
  /// As Store's functions of the same names, from what is committed. Unavailable where the store
  /// has no file to be read beside its writer.
  virtual Result<std::vector<Rollup>> rollups(std::string_view service, Time from, Time to,
                                              Duration step) = 0;
  virtual Result<std::vector<ServiceSums>> sums(Grain grain, Time from) = 0;
  virtual Result<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                                   Duration step) = 0;
  virtual Result<std::vector<Showing>> showings(std::string_view service, Time from, Time to) = 0;
  /// The payloads last kept of the incidents that were open in [from, to), or resolved at
  /// `from`, by when they were opened. Looks at each incident that is kept.
  virtual Result<std::vector<std::string>> incidents(Time from, Time to) = 0;
};

}  // namespace signalbox::store
