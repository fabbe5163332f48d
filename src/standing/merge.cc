#include <string>

#include "base/text.h"
#include "standing/standing.h"

namespace signalbox::standing {
namespace {

struct Ruling {
  State state = State::up;
  std::string reason;
  std::string note;
};

bool known(const std::optional<Measurement>& measured) {
  return measured && measured->fresh && measured->state != State::unknown;
}

bool states_trouble(const Evidence& e) { return e.stated && worse(e.stated->state, State::up); }

/// `62 %`; the state's word where there is no share to tell.
std::string figure(const Measurement& m) {
  if (m.total <= 0 || m.state == State::unknown) return std::string(word(m.state));
  std::string share = percent(m.good, m.total, 1);
  if (share.ends_with(".0")) share.resize(share.size() - 2);
  return share + " %";
}

std::string stated_and_measured(const Evidence& e) {
  return "stated " + std::string(word(e.stated->state)) + "; measured " + figure(*e.measured);
}

Ruling during_maintenance(const Evidence& e) {
  if (states_trouble(e)) return {e.stated->state, "stated_in_maintenance", "during maintenance"};
  return {State::maint, "maintenance", ""};
}

Ruling measurement_set_aside(const Evidence& e) {
  const bool agrees = !e.measured || (known(e.measured) && e.measured->state == State::up);
  return {State::up, "stated_until",
          agrees ? "" : "UP by staff's word; measured " + figure(*e.measured)};
}

Ruling nothing_measures(const Evidence& e) {
  if (!e.stated) return {State::up, "nobodys_word", "no trouble reported"};
  return {e.stated->state, "stated", ""};
}

Ruling nothing_fresh(const Evidence& e, Time now) {
  if (states_trouble(e)) return {e.stated->state, "stated_unmeasured", "measured UNKNOWN"};
  if (e.stated && now - e.stated->at < kStatedUpCovers) {
    return {State::up, "stated_covers_gap", "measured UNKNOWN"};
  }
  return {State::unknown, e.measured->reason.empty() ? "unmeasured" : e.measured->reason,
          e.measured->fresh ? "too few requests" : "no fresh measurement"};
}

Ruling worse_of_both(const Evidence& e) {
  const State measured = e.measured->state;
  if (!e.stated) return {measured, "measured", ""};
  if (worse(measured, e.stated->state)) return {measured, "measured_worse", stated_and_measured(e)};
  if (worse(e.stated->state, measured)) {
    return {e.stated->state, "stated_worse", stated_and_measured(e)};
  }
  return {measured, "agreed", ""};
}

Ruling rule(const Evidence& e, Time now) {
  if (e.maintenance) return during_maintenance(e);
  if (e.stated && e.stated->state == State::up && e.stated->until) return measurement_set_aside(e);
  if (!e.measured) return nothing_measures(e);
  return known(e.measured) ? worse_of_both(e) : nothing_fresh(e, now);
}

/// What has run out, or was never a word on a state, is left aside.
Evidence still_true(Evidence e, Time now) {
  if (e.stated && e.stated->until && *e.stated->until <= now) e.stated.reset();
  if (e.stated && e.stated->state == State::maint && !e.maintenance) e.stated.reset();
  if (e.measured && !e.measured->fresh) e.measured->state = State::unknown;
  if (e.measured && e.measured->at == Time{}) e.measured->at = e.began;
  return e;
}

}  // namespace

Standing merge(const Evidence& evidence, Time now) {
  Evidence e = still_true(evidence, now);
  Ruling ruling = rule(e, now);
  return {.state = ruling.state,
          .reason = std::move(ruling.reason),
          .note = std::move(ruling.note),
          .stated = std::move(e.stated),
          .measured = std::move(e.measured)};
}

}  // namespace signalbox::standing
