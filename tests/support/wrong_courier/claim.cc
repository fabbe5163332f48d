// The program with a courier that is wrong on purpose, so that tests/fault/couriers_test.py can
// show that the kill tests see it. CLAIMED_AS is what a delivery is kept as while it is being sent:
// `sent` (mark, then send: what dies in between is never told) or `waiting` (send, then mark: what
// dies in between is told twice). The linker puts this claim() in the place of the outbox's own.
#include "outbox/outbox.h"

namespace signalbox::outbox {

Outbox::Claim right_claim(Outbox* outbox, Time now) __asm__("__real_" CLAIM_SYMBOL);
Outbox::Claim wrong_claim(Outbox* outbox, Time now) __asm__("__wrap_" CLAIM_SYMBOL);

Outbox::Claim wrong_claim(Outbox* outbox, Time now) {
  Outbox::Claim claim = right_claim(outbox, now);
  for (Delivery& row : claim.rows) {
    if (row.state == DeliveryState::sending) row.state = DeliveryState::CLAIMED_AS;
  }
  return claim;
}

}  // namespace signalbox::outbox
