#include "connectors/tries.h"

#include <algorithm>

namespace signalbox::connectors {
namespace {

bool is(const Found& attempt, State state) { return !attempt.ours && attempt.grade.state == state; }

bool bad(const Found& attempt) { return is(attempt, State::down) || is(attempt, State::issue); }

int count(std::span<const Found> tries, auto which) {
  return static_cast<int>(std::ranges::count_if(tries, which));
}

/// The newest of those; tries has one.
const Found& newest(std::span<const Found> tries, auto which) {
  return *std::find_if(tries.rbegin(), tries.rend(), which);
}

Found confirmed(std::span<const Found> tries, int confirm) {
  const auto down = [](const Found& f) { return is(f, State::down); };
  if (count(tries, down) >= confirm) return newest(tries, down);
  Found issue = newest(tries, bad);
  issue.grade.state = State::issue;
  return issue;
}

/// Too few failed: a good try is believed before trouble of our own is told.
Found refuted(std::span<const Found> tries) {
  const auto good = [](const Found& f) { return is(f, State::up); };
  if (count(tries, good) > 0) return newest(tries, good);
  return newest(tries, [](const Found& f) { return f.ours; });
}

Duration longest(const TryRules& rules, Duration timeout) {
  return rules.of * timeout + (rules.of - 1) * rules.apart;
}

}  // namespace

TryRules try_rules(const SourceSetup& setup, Duration timeout) {
  constexpr int kMost = 10;
  constexpr Duration kAlways = std::chrono::minutes(2);
  const Settings& settings = setup.settings;
  TryRules rules;
  rules.of = settings.whole("tries.of", rules.of, 1, kMost);
  rules.confirm = settings.whole("tries.confirm", rules.of, 1, kMost);
  rules.apart = settings.duration("tries.apart", rules.apart);
  if (rules.confirm > rules.of) {
    settings.refuse("tries.confirm", "must not be above tries.of (1 unless said)");
  }
  if (rules.apart < Duration::zero() || rules.apart > std::chrono::minutes(1)) {
    settings.refuse("tries.apart", "must be from 0s to 1m");
  }
  const Duration most = std::max(kAlways, 2 * setup.every);
  if (longest(rules, timeout) > most) {
    settings.refuse("tries.of", "would let one poll take " + to_text(longest(rules, timeout)) +
                                    " (timeout and apart included), which must not be above " +
                                    to_text(most));
  }
  return rules;
}

std::optional<Found> settled(std::span<const Found> tries, const TryRules& rules) {
  if (tries.empty()) return std::nullopt;
  const Found& last = tries.back();
  if (is(last, State::unknown)) return last;
  const int failed = count(tries, bad);
  if (failed == 0 && is(last, State::up)) return last;
  if (failed >= rules.confirm) return confirmed(tries, rules.confirm);
  const int left = rules.of - static_cast<int>(tries.size());
  if (failed + left >= rules.confirm) return std::nullopt;
  return refuted(tries);
}

}  // namespace signalbox::connectors
