// Forgets what no longer matters, so that the book stays small however long the ledger is.
#pragma once

#include "model/book.h"

namespace signalbox::ledger {

/// Called with every event: trims the short memories, and once an hour walks over the long ones.
void sweep(Book& book, Time now);

}  // namespace signalbox::ledger
