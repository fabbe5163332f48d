#include "model/rota.h"

namespace signalbox {

std::string on_call(const Rota& rota, const Zone& zone, Time now) {
  if (rota.names.empty()) return {};
  const auto count = static_cast<std::int64_t>(rota.names.size());
  const Duration turn = rota.turn;
  const Duration gone = zone.local(now) - rota.from;
  std::int64_t turns = gone / turn;
  if (gone < turns * turn) --turns;  // before `from`: the turn that has begun, not the next
  const std::int64_t at = ((turns % count) + count) % count;
  return rota.names[static_cast<std::size_t>(at)];
}

}  // namespace signalbox
