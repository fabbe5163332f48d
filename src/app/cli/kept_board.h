// The board as the store has it, for commands that work beside a running server and without one.
#pragma once

#include "app/core/plan.h"
#include "base/result.h"
#include "model/snapshot.h"
#include "store/store.h"

namespace signalbox::app {

/// Folds the whole ledger and reads the sums: the snapshot that a server would show at `now`, but
/// for what is measured this minute.
Result<Snapshot> kept_board(store::Archive& archive, const Plan& plan, Time now);

}  // namespace signalbox::app
