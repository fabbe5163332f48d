// A source that is asked by query: what all of them share, so that a new one is a small file that
// answers "what was counted at these instants?".
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/connector.h"
#include "connectors/pair.h"
#include "connectors/query_memory.h"

namespace signalbox::connectors {

/// What the far side says of the interval that ends at `instant`.
struct Count {
  enum class What {
    counted,  ///< the numbers are to be judged; an absent one is an answer too
    pending,  ///< not all written yet: to be asked for again
    nothing,  ///< no answer is possible yet, and nobody is to blame
  };
  Time instant{};
  What what = What::counted;
  std::optional<double> total;
  std::optional<double> part;
  std::string complaint;  ///< what is wrong, where the far side (and not the numbers) says so
};

/// The answer to one question: a count for each instant asked, in their order, up to where it
/// ended.
struct Counted {
  std::vector<Count> counts;
  Status ended;        ///< why there are no more; invalid: this service's query is at fault
  std::string memory;  ///< kept with the readings, and handed in the next time
};

/// One kind of far side. Everything else (which instants, what a pair of numbers means, what was
/// missed, what came late) is QuerySource's.
class Queries {
 public:
  virtual ~Queries() = default;
  /// Asks for `instants`, ascending multiples of the interval. `pair` outlives the call.
  virtual Task<Counted> ask(const Pair& pair, std::vector<Time> instants, std::string memory) = 0;
};

/// How a kind of far side takes its numbers.
struct Lateness {
  Duration delay{};         ///< an interval is asked for this long after its end
  Duration patience{};      ///< younger instants without a total are pending, not wrong
  int corrected = 0;        ///< so many of the newest intervals are asked again: values may change
  bool backfilled = false;  ///< instants without a reading are asked again for an hour
  std::size_t at_once = 120;  ///< most instants of one poll; the rest is for the next
  std::string_view no_total = "check the query";  ///< the remedy when total is empty
};

/// `usual`, but for what the source's setting `delay` says.
Lateness lateness_of(const SourceSetup& setup, Lateness usual);

/// Asks for each service, in turn, everything since its last answer. Readings come once an instant;
/// a second one of an instant corrects the first, as the store does. What is refused, hangs or
/// makes no sense costs its own service only: the others are asked first from then on, and two
/// failures end a poll. A server that asks us to wait is left alone until then.
class QuerySource final : public Meter {
 public:
  /// What `world` refers to outlives it.
  QuerySource(const SourceSetup& setup, std::vector<Pair> pairs, std::unique_ptr<Queries> queries,
              Lateness lateness, World world);
  Task<Result<Measured>> poll(std::string cursor) override;

 private:
  struct Wanted {
    std::vector<Time> older;  ///< holes in the past: asked apart, so that the new are not held up
    std::vector<Time> newer;
    std::set<Time> due;  ///< those never asked before
  };
  std::vector<const Pair*> in_order() const;
  Wanted wanted(QueryMemory& memory) const;
  Task<Status> measure(const Pair& pair, QueryMemory& memory, Measured& measured);
  Task<Status> measure_some(const Pair& pair, std::vector<Time> instants, const std::set<Time>& due,
                            QueryMemory& memory, Measured& measured);
  void take(const Pair& pair, const Count& count, bool is_due, QueryMemory& memory,
            Measured& measured) const;
  bool just_given_up(const Count& count) const;
  void leave_open(const Count& count, QueryMemory& memory) const;
  bool note(const std::string& service, const Status& done);
  std::optional<Error> resting() const;

  std::string source_;
  Duration every_;
  std::vector<Pair> pairs_;
  std::unique_ptr<Queries> queries_;
  Lateness lateness_;
  World world_;
  std::vector<std::string> failing_;  ///< services, the one that waits longest first
  std::optional<SteadyTime> rests_until_;
};

/// What a range query counted, by the end of each interval; one without a number is not there.
using Numbers = std::map<Time, double>;
/// Counts of `instants` from such numbers; `patience` as in Lateness.
std::vector<Count> counts_of(const std::vector<Time>& instants, const Numbers& total,
                             const Numbers& part, Time now, Duration patience);

/// A far side that answers a query with the numbers of a whole stretch. Total is asked first: what
/// is written in between can only make the part the larger, which is then no reading, and asked
/// again.
class RangeQueries : public Queries {
 public:
  RangeQueries(Duration every, Duration patience, const Clock& clock)
      : every_(every), patience_(patience), clock_(clock) {}
  Task<Counted> ask(const Pair& pair, std::vector<Time> instants, std::string memory) final;

 protected:
  Duration every() const { return every_; }

 private:
  /// What `query` (the total or part of `pair`) gives from `from` up to `until`.
  virtual Task<Result<Numbers>> numbers(const Pair& pair, const std::string& query, Time from,
                                        Time until) = 0;

  Duration every_;
  Duration patience_;
  const Clock& clock_;
};

}  // namespace signalbox::connectors
