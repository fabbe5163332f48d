// What the outbox's tests share: a fixed mediator, deliveries by the line, and instants by the
// second.
#pragma once

#include <string>
#include <vector>

#include "outbox/outbox.h"

namespace signalbox::outbox::testing {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// `s` seconds after the tests' beginning of time.
inline Time at(long s) { return Time(hours(24 * 20000)) + seconds(s); }

/// Compares texts as they are, without trailing spaces; jitter is always the longest.
class FixedMediator final : public Mediator {
 public:
  std::string normalised(std::string_view text) const override {
    while (text.ends_with(' ')) text.remove_suffix(1);
    return std::string(text);
  }
  std::uint64_t random() override { return random_; }
  std::uint64_t random_ = 0;
};

inline Delivery delivery(const std::string& announcement, const std::string& account = "fedi",
                         Tidings tidings = Tidings::worse, Time created = at(0)) {
  Delivery d;
  d.id = announcement + "/" + account;
  d.announcement = announcement;
  d.account = account;
  d.tidings = tidings;
  d.text = "API-DOWN: " + announcement;
  d.priority = priority(tidings);
  d.created = d.due = created;
  return d;
}

inline Outcome ended(const Job& job, Outcome::End end,
                     Error::Code code = Error::Code::unavailable) {
  Outcome outcome;
  outcome.delivery = job.delivery.id;
  outcome.what = job.what;
  outcome.end = end;
  outcome.code = code;
  if (end == Outcome::End::said) outcome.id = "remote-" + job.delivery.announcement;
  if (end != Outcome::End::said && end != Outcome::End::not_found) outcome.error = "no luck";
  return outcome;
}

inline Post post(const std::string& id, const std::string& text,
                 const std::string& account = "fedi") {
  Post p;
  p.account = account;
  p.id = id;
  p.text = text;
  return p;
}

/// An outbox with what most tests do to it.
struct Bench {
  explicit Bench(Habits habits = {}) : outbox(mediator, habits) {}

  /// Claims exactly one job, or fails the promise.
  Job one_job(Time now) {
    auto claim = outbox.claim(now);
    check(claim.jobs.size() == 1, "one job expected");
    return claim.jobs.front();
  }
  bool idle(Time now) { return outbox.claim(now).empty(); }
  std::optional<Delivery> settle(const Job& job, Outcome::End end, Time now,
                                 Error::Code code = Error::Code::unavailable) {
    return outbox.settle(ended(job, end, code), now);
  }

  FixedMediator mediator;
  Outbox outbox;
};

}  // namespace signalbox::outbox::testing
