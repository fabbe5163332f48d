// The outbox's decisions as small pure functions: what outranks what, how long to wait, what an
// error means for a delivery.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "model/announcement.h"
#include "model/delivery.h"

namespace signalbox::outbox {

/// How retries are spaced.
struct Habits {
  Duration first_retry{std::chrono::seconds(1)};
  Duration longest_retry{
      std::chrono::minutes(5)};  ///< also how often refused credentials are tried
  /// After an attempt in doubt: each look that must find nothing before it is sent again.
  std::vector<Duration> looks{std::chrono::seconds(5), std::chrono::seconds(30)};
  Duration give_up_after{std::chrono::hours(72)};
  int at_once_per_account = 1;    ///< sends in flight on one account
  int doubts_before_a_pause = 5;  ///< attempts in doubt in a row before an account is given a rest
};

/// What the courier is to do with a delivery now.
struct Job {
  enum class What : std::uint8_t { send, look };
  What what = What::send;
  Delivery delivery;
};

/// Why a delivery was given up, as its row says.
inline constexpr std::string_view kTooLate = "given up: it could not be sent in time";

/// How a job ended.
struct Outcome {
  std::string delivery;
  Job::What what = Job::What::send;
  enum class End : std::uint8_t {
    said,       ///< it is out (or was found), with `id`
    not_found,  ///< the timeline was read and it is not there
    refused,    ///< certainly not out, and never will be: `error`
    later,  ///< certainly not out; try again, not before `retry_after`. Of a look: it could not be
            ///< done
    in_doubt,  ///< it may be out
  };
  End end = End::in_doubt;
  std::string id;
  std::string url;
  std::string error;
  std::optional<Duration> retry_after;
  Error::Code code = Error::Code::unavailable;  ///< why not, unless said or not_found

  bool operator==(const Outcome&) const = default;
};

/// An account whose credentials are refused.
struct Trouble {
  std::string account;
  std::string what;  ///< one line, as the network's refusal says
  Time since{};

  bool operator==(const Trouble&) const = default;
};

/// What an error of a send or look means. `never_sent`: it is certain that the request did not
/// leave. In doubt whenever the far side may have acted on a send.
Outcome failed(const Job& job, const Error& error, bool never_sent);

/// Whether it tells what happened, and so is replaced by a digest when it comes too late.
bool is_news(Tidings tidings);
/// What outranks what on an account: the news that opens an incident, other news, answers to
/// people, the rest. All news but openings are equals, so that their order holds. `backlog`: told
/// late, after everything that is new.
int priority(Tidings tidings, bool opens_incident = false, bool backlog = false);

/// Whether `earlier` says UP of a target that `opening` names too: told after it, followers would
/// be left with the wrong word, so it goes along in front.
bool recovers_what_opens(std::string_view earlier, std::string_view opening);

/// The wait after the n-th failure in a row (n from 1): doubled each time up to the longest, the
/// upper half of it random; never shorter than what the far side asked for.
Duration backoff(const Habits& habits, int failures, std::optional<Duration> retry_after,
                 std::uint64_t random);
/// The wait before look number `looks` (from 0), counted from the look before it, or from the
/// attempt.
Duration until_look(const Habits& habits, int looks);

}  // namespace signalbox::outbox
