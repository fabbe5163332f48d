#include "connectors/check.h"

#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace signalbox::connectors {

Check::Check(const SourceSetup& setup, net::Request request, Expected expected, World world)
    : source_(setup.id),
      request_(std::move(request)),
      expected_(std::move(expected)),
      world_(world) {
  check(setup.questions.size() == 1, "a check is of one service");
  service_ = setup.questions.front().service;
}

Task<Result<Measured>> Check::poll(std::string /*cursor*/) {
  net::Request request = request_;
  const SteadyTime asked = world_.clock.steady();
  const auto answer = co_await world_.http.send(std::move(request));
  Measured measured;
  if (!answer && answer.error().what.ends_with(net::kMaybeOurs)) {
    measured.complaints.push_back(one_line(answer.error().what));
    co_return measured;
  }
  if (!answer && answer.error().code == Error::Code::invalid) co_return answer.error();
  Reading reading;
  reading.source = source_;
  reading.service = service_;
  reading.instant = world_.clock.now();
  const State found = answer ? expected_(*answer).state : State::down;
  reading.good = found == State::up ? 1 : 0;
  reading.total = found == State::unknown ? 0 : 1;
  reading.grade = found;
  reading.check = true;
  if (answer) reading.latency = world_.clock.steady() - asked;
  measured.readings.push_back(std::move(reading));
  co_return measured;
}

Duration timeout_of(const Settings& settings) {
  constexpr Duration kUsual = std::chrono::seconds(10);
  const Duration timeout = settings.duration("timeout", kUsual);
  const bool sane = timeout >= std::chrono::milliseconds(100) && timeout <= std::chrono::minutes(1);
  if (!sane) settings.refuse("timeout", "must be from 100ms to 1m");
  return sane ? timeout : kUsual;
}

}  // namespace signalbox::connectors
