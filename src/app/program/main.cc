// The command line: one verb each (docs/operations.md). Exit codes: 0 done, 1 failed, 2 bad usage
// or configuration.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "app/main/verbs.h"

int main(int argc, char** argv) {
  CLI::App app{"Signalbox: a status page that follows your staff's posts and your real traffic."};
  app.require_subcommand(1);
  int code = 0;
  signalbox::app::add_offline_verbs(app, code);
  signalbox::app::add_server_verbs(app, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& mistake) {
    std::fprintf(stderr, "signalbox: %s; see signalbox --help\n", mistake.what());
    return 2;
  }
  return code;
}
