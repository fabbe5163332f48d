// The commands that speak with the running server: say, status, outbox, held, audit, freeze and
// thaw, release and discard.
#pragma once

#include <string>
#include <vector>

#include "config/config.h"

namespace signalbox::app {

/// Posts each text (a lone "-": each line of stdin) on the local account; prints each outcome as
/// one JSON line. `key` makes it idempotent; with several texts each gets KEY-1, KEY-2, …
int say_command(const config::Config& config, const std::vector<std::string>& texts,
                const std::string& key);
/// Prints the board.
int status_command(const config::Config& config, bool json);
/// Prints deliveries, newest first.
int outbox_command(const config::Config& config, bool json);
/// Prints what waits for a second author or the console.
int held_command(const config::Config& config, bool json);
/// Prints the newest entries of the audit log, one JSON object a line.
int audit_command(const config::Config& config, unsigned long after);
/// freeze and thaw (an account), release and discard (a held report), go_back (an author).
int order_command(const config::Config& config, const std::string& order,
                  const std::string& subject);

}  // namespace signalbox::app
