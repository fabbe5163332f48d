#include "connectors/check.h"

#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "net/check_request.h"

namespace signalbox::connectors {
namespace {

constexpr std::size_t kLongestComplaint = 500;  // staff reads it
constexpr std::size_t kLongestWhy = 200;        // it stands in announcements

class OneRequest final : public Attempt {
 public:
  OneRequest(net::Request request, Check::Expected expected, World world)
      : request_(std::move(request)), expected_(std::move(expected)), world_(world) {}

  Task<Result<Found>> once() override {
    net::Request request = request_;
    const SteadyTime asked = world_.clock.steady();
    const auto answer = co_await world_.http.send(std::move(request));
    if (!answer && answer.error().code == Error::Code::invalid) co_return answer.error();
    Found found = found_in(answer, request_, expected_);
    if (answer && !found.took) found.took = world_.clock.steady() - asked;
    co_return found;
  }

 private:
  net::Request request_;
  Check::Expected expected_;
  World world_;
};

/// `0.35 s`, `12 s`.
std::string seconds_text(Duration took) {
  const auto ms = took.count();
  if (ms >= 10'000) return std::to_string(ms / 1000) + " s";
  const std::string hundredths = std::to_string(ms % 1000 / 10);
  return std::to_string(ms / 1000) + "." + (hundredths.size() < 2 ? "0" : "") + hundredths + " s";
}

/// None unless the setting is there; it must leave an answer time to be slow.
std::optional<Duration> slow_after_of(const Settings& settings, Duration timeout) {
  if (settings.find("slow_after") == nullptr) return std::nullopt;
  const Duration slow_after = settings.duration("slow_after", Duration(1));
  if (slow_after <= Duration::zero() || slow_after >= timeout) {
    settings.refuse("slow_after", "must be above 0s and below the timeout, " + to_text(timeout));
  }
  return slow_after;
}

}  // namespace

Check::Check(const SourceSetup& setup, std::unique_ptr<Attempt> attempt, World world)
    : source_(setup.id),
      attempt_(std::move(attempt)),
      rules_(try_rules(setup, timeout_of(setup.settings))),
      slow_after_(slow_after_of(setup.settings, timeout_of(setup.settings))),
      world_(world) {
  check(setup.questions.size() == 1, "a check is of one service");
  service_ = setup.questions.front().service;
}

Check::Check(const SourceSetup& setup, net::Request request, Expected expected, World world)
    : Check(setup, std::make_unique<OneRequest>(std::move(request), std::move(expected), world),
            world) {}

Task<Result<Measured>> Check::poll(std::string /*cursor*/) {
  std::vector<Found> tries;
  std::vector<Notice> notices;
  std::optional<Found> outcome;
  while (!outcome) {
    if (!tries.empty()) co_await world_.pause.wait(rules_.apart);
    auto found = co_await attempt_->once();
    if (!found) co_return found.error();
    for (Notice& notice : found->notices) notices.push_back(std::move(notice));
    const bool slow = slow_after_ && found->took && *found->took > *slow_after_;
    if (slow && !found->ours && found->grade.state == State::up) {
      found->grade = {State::issue, "slow: " + seconds_text(*found->took)};
    }
    tries.push_back(std::move(*found));
    outcome = settled(tries, rules_);
  }
  co_return measured(std::move(*outcome), std::move(notices));
}

Measured Check::measured(Found found, std::vector<Notice> notices) const {
  Measured measured;
  measured.notices = std::move(notices);
  std::string why = one_line(valid_utf8(found.grade.why));
  if (found.ours) {
    measured.complaints.push_back(shorten(why, kLongestComplaint));
    return measured;
  }
  why = shorten(why, kLongestWhy);
  const State state = found.grade.state;
  Reading reading;
  reading.source = source_;
  reading.service = service_;
  reading.instant = world_.clock.now();
  reading.good = state == State::up ? 1 : 0;
  reading.total = state == State::unknown ? 0 : 1;
  reading.grade = state;
  reading.check = true;
  reading.latency = found.took;
  if (worse(state, State::up) && state != State::unknown) reading.why = std::move(why);
  measured.readings.push_back(std::move(reading));
  return measured;
}

Duration timeout_of(const Settings& settings) {
  constexpr Duration kUsual = std::chrono::seconds(10);
  const Duration timeout = settings.duration("timeout", kUsual);
  const bool sane = timeout >= std::chrono::milliseconds(100) && timeout <= std::chrono::minutes(1);
  if (!sane) settings.refuse("timeout", "must be from 100ms to 1m");
  return sane ? timeout : kUsual;
}

std::string what_failed(const Error& error, const net::Request& request) {
  std::string_view what = error.what;
  const std::string place = net::place_of(request) + ": ";
  if (what.starts_with(net::kNeverSent)) what.remove_prefix(net::kNeverSent.size());
  if (what.starts_with(place)) what.remove_prefix(place.size());
  if (what.ends_with(net::kMaybeOurs)) what.remove_suffix(net::kMaybeOurs.size());
  return std::string(what);
}

Found found_in(const Result<net::Response>& answer, const net::Request& request,
               const Check::Expected& expected) {
  Found found;
  if (answer) {
    found.grade = expected(*answer);
    found.took = answer->took;
    return found;
  }
  found.ours = answer.error().what.ends_with(net::kMaybeOurs);
  found.grade = {State::down,
                 found.ours ? answer.error().what : what_failed(answer.error(), request)};
  return found;
}

}  // namespace signalbox::connectors
