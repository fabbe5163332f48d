#include "outbox/rules.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::outbox {
namespace {

/// The head of a text as announcements are written: "API,JS-UP: …".
struct Head {
  std::vector<std::string_view> targets;
  std::string_view word;
};

Head head_of(std::string_view text) {
  const std::string_view head = text.substr(0, text.find(':'));
  const auto dash = head.rfind('-');
  if (dash == std::string_view::npos || head.size() == text.size()) return {};
  Head found{{}, trim(head.substr(dash + 1))};
  std::string_view rest = head.substr(0, dash);
  for (auto end = rest.find_first_of(",+&"); end != std::string_view::npos;
       end = rest.find_first_of(",+&")) {
    found.targets.push_back(trim(rest.substr(0, end)));
    rest.remove_prefix(end + 1);
  }
  found.targets.push_back(trim(rest));
  return found;
}

bool share(const Head& a, const Head& b) {
  constexpr std::string_view kAll = "ALL";
  return std::any_of(a.targets.begin(), a.targets.end(), [&](std::string_view target) {
    return std::any_of(b.targets.begin(), b.targets.end(), [&](std::string_view other) {
      return target == other || target == kAll || other == kAll;
    });
  });
}

Outcome::End end_of_send(Error::Code code, bool never_sent) {
  switch (code) {
    case Error::Code::invalid:
      return Outcome::End::refused;
    case Error::Code::unauthorized:
    case Error::Code::rate_limited:
      return Outcome::End::later;
    case Error::Code::unavailable:
    case Error::Code::corrupt:
    case Error::Code::internal:
      return never_sent ? Outcome::End::later : Outcome::End::in_doubt;
  }
  return Outcome::End::in_doubt;
}

}  // namespace

Outcome failed(const Job& job, const Error& error, bool never_sent) {
  Outcome outcome;
  outcome.delivery = job.delivery.id;
  outcome.what = job.what;
  outcome.end =
      job.what == Job::What::look ? Outcome::End::later : end_of_send(error.code, never_sent);
  outcome.error = error.what;
  outcome.retry_after = error.retry_after;
  outcome.code = error.code;
  return outcome;
}

bool is_news(Tidings tidings) {
  switch (tidings) {
    case Tidings::staff_word:
    case Tidings::worse:
    case Tidings::better:
    case Tidings::flapping:
    case Tidings::correction:
    case Tidings::withdrawal:
      return true;
    case Tidings::lost_sight:
    case Tidings::reminder:
    case Tidings::held:
    case Tidings::hint:
    case Tidings::answer:
    case Tidings::trouble:
    case Tidings::digest:
      return false;
  }
  return false;
}

int priority(Tidings tidings, bool opens_incident, bool backlog) {
  if (backlog) return 0;
  if (is_news(tidings)) return opens_incident ? 4 : 3;
  const bool to_a_person = tidings == Tidings::hint || tidings == Tidings::answer ||
                           tidings == Tidings::held || tidings == Tidings::trouble;
  return to_a_person ? 2 : 1;
}

bool recovers_what_opens(std::string_view earlier, std::string_view opening) {
  const Head before = head_of(earlier);
  const bool well = before.word == "UP" || before.word == "RESOLVED" || before.word == "DONE";
  return well && share(before, head_of(opening));
}

Duration backoff(const Habits& habits, int failures, std::optional<Duration> retry_after,
                 std::uint64_t random) {
  Duration wait = std::min(habits.first_retry, habits.longest_retry);
  for (int n = 1; n < failures && wait < habits.longest_retry; ++n) {
    wait = std::min(wait * 2, habits.longest_retry);
  }
  const auto half = static_cast<std::uint64_t>(wait.count() / 2);
  const auto jitter = Duration(static_cast<Duration::rep>(random % (half + 1)));
  return std::max(wait - Duration(static_cast<Duration::rep>(half)) + jitter,
                  retry_after.value_or(Duration(0)));
}

Duration until_look(const Habits& habits, int looks) {
  const auto n = static_cast<std::size_t>(looks);
  if (n >= habits.looks.size()) return Duration(0);
  return n == 0 ? habits.looks[0] : habits.looks[n] - habits.looks[n - 1];
}

}  // namespace signalbox::outbox
