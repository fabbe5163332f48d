#include "ledger/decision.h"

#include "ledger/lookup.h"

namespace signalbox::ledger {

Time Case::at() const { return in_force(post, now); }

Decision ignored(std::string reason) {
  Decision decision;
  decision.reason = std::move(reason);
  return decision;
}

Decision mistake(std::string reason, std::string what) {
  Decision decision;
  decision.verdict = Verdict::mistake;
  decision.reason = reason;
  decision.sentence = Mistake{std::move(reason), std::move(what), ""};
  return decision;
}

}  // namespace signalbox::ledger
