// The program's verbs, as CLI11 subcommands.
#pragma once

namespace CLI {
class App;
}

namespace signalbox::app {

/// check-config, parse, backtest, export: need no running server. The verb that was given sets
/// `code`.
void add_offline_verbs(CLI::App& app, int& code);
/// run, and those that speak with the running server: say, status, outbox, held, audit, freeze,
/// thaw, release, discard, go-back.
void add_server_verbs(CLI::App& app, int& code);

}  // namespace signalbox::app
