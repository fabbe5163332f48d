#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/backtest_command.h"
#include "app/cli/check_config.h"
#include "app/cli/export_command.h"
#include "app/cli/parse_command.h"
#include "app/main/verbs.h"

namespace signalbox::app {

namespace {

struct Words {
  std::string config;
  std::string now;
  std::vector<std::string> texts;
  std::string directory;
};

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& what, Words& words) {
  CLI::App* verb = app.add_subcommand(name, what);
  verb->add_option("--config", words.config, "the configuration file")->required();
  return verb;
}

}  // namespace

void add_offline_verbs(CLI::App& app, int& code) {
  const auto words = std::make_shared<Words>();
  CLI::App* check = app.add_subcommand("check-config", "say every mistake of a configuration file");
  check->add_option("FILE", words->config)->required();
  check->callback([words, &code] { code = check_config(words->config, std::cout, std::cerr); });

  CLI::App* parse =
      add_verb(app, "parse", "read posts as the server would, one JSON object each", *words);
  parse->add_option("--now", words->now, "the moment of reading, ISO-8601");
  parse->add_option("TEXT", words->texts, "the posts; none: one a line from stdin");
  parse->callback([words, &code] {
    code = parse_command({words->config, words->now, words->texts}, SystemClock(), std::cin,
                         std::cout, std::cerr);
  });

  CLI::App* backtest =
      add_verb(app, "backtest", "what these thresholds would have said about access logs", *words);
  backtest->add_option("LOG", words->texts, "access logs, also .gz; - reads stdin")->required();
  backtest->callback([words, &code] {
    code = backtest_command(words->config, words->texts, std::cout, std::cerr);
  });

  CLI::App* out = add_verb(app, "export", "write the public site as static files", *words);
  out->add_option("DIR", words->directory)->required();
  out->callback([words, &code] { code = export_command(words->config, words->directory); });
}

}  // namespace signalbox::app
