// The machine in the book: automatic incidents, and what measurement does to staff's own.
#pragma once

#include <cstdint>

#include "model/book.h"

namespace signalbox::ledger {

/// Folds what the machine said, or kept to itself.
void fold_spoken(Book& book, std::uint64_t seq, const MachineSpoke& spoke, Time now);
/// Folds a new measured state: staff's UP that waited for it closes.
void fold_measured(Book& book, std::uint64_t seq, const MeasuredChanged& changed, Time now);
/// Closes `service` in its open incident, in words of our own.
void close_by_machine(Book& book, std::uint64_t seq, const std::string& service,
                      const std::string& text, Time now);
/// An update of our own.
Update automatic_update(std::uint64_t seq, const std::string& id, std::string text, Time now);

}  // namespace signalbox::ledger
