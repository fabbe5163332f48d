// The command line: one verb each (docs/operations.md). Exit codes: 0 done, 1 failed, 2 bad usage
// or configuration.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/backtest_command.h"
#include "app/cli/check_config.h"
#include "app/cli/export_command.h"
#include "app/cli/hash_password.h"
#include "app/cli/parse_command.h"
#include "app/cli/report_command.h"
#include "app/cli/staff_commands.h"
#include "app/server/server.h"

namespace signalbox::app {
namespace {

constexpr int kBadConfiguration = 2;

/// What the verbs are called with.
struct Words {
  std::string config;
  std::vector<std::string> texts;
  std::string now;
  std::string directory;
  std::string id;
  std::string subject;
  ReportOrder report;
  unsigned long after = 0;
  bool json = false;
};

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& what, Words& words) {
  CLI::App* verb = app.add_subcommand(name, what);
  verb->add_option("--config", words.config, "the configuration file")->required();
  return verb;
}

void add_offline(CLI::App& app, int& code, const std::shared_ptr<Words>& words) {
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

  CLI::App* hash = app.add_subcommand(
      "hash-password", "read a private page's password from stdin and print its hash");
  hash->callback([&code] {
    code = hash_password_command(std::cin, ::isatty(STDIN_FILENO) == 1, std::cout, std::cerr);
  });

  CLI::App* out = add_verb(app, "export", "write the public site as static files", *words);
  out->add_option("DIR", words->directory)->required();
  out->callback([words, &code] { code = export_command(words->config, words->directory); });
}

// Loads the configuration without looking at connectors, and without needing their secrets: the
// server has both.
int with_config(const Words& words, const std::function<int(const config::Config&)>& then) {
  const config::Loaded loaded = config::load(words.config);
  if (const config::Config* config = loaded.without_secrets()) return then(*config);
  tell(loaded.misfits, std::cerr);
  return kBadConfiguration;
}

void add_run(CLI::App& app, int& code, const std::shared_ptr<Words>& words) {
  add_verb(app, "run", "run the server", *words)->callback([words, &code] {
    Prepared prepared = prepare(words->config);
    tell(prepared.misfits, std::cerr);
    code = prepared.config ? run_server(words->config, std::move(prepared)) : kBadConfiguration;
  });
}

void add_say(CLI::App& app, int& code, const std::shared_ptr<Words>& words) {
  CLI::App* say = add_verb(app, "say", "post on the local account of the running server", *words);
  say->add_option("--id", words->id, "a key of your own: the same key is applied once");
  say->add_option("TEXT", words->texts, "the post; - reads one a line from stdin")->required();
  say->callback([words, &code] {
    code = with_config(
        *words, [&](const auto& config) { return say_command(config, words->texts, words->id); });
  });
}

void add_lists(CLI::App& app, int& code, const std::shared_ptr<Words>& words) {
  const auto add = [&](const std::string& name, const std::string& what,
                       int (*command)(const config::Config&, bool)) {
    CLI::App* verb = add_verb(app, name, what, *words);
    verb->add_flag("--json", words->json, "print JSON");
    verb->callback([words, &code, command] {
      code = with_config(*words, [&](const auto& config) { return command(config, words->json); });
    });
  };
  add("status", "print the board", status_command);
  add("outbox", "print the deliveries", outbox_command);
  add("held", "print what waits for a second author or the console", held_command);
  CLI::App* audit = add_verb(app, "audit", "print the audit log, one JSON object a line", *words);
  audit->add_option("--after", words->after, "begin after this seq");
  audit->callback([words, &code] {
    code = with_config(*words,
                       [&](const auto& config) { return audit_command(config, words->after); });
  });
}

void add_report(CLI::App& app, int& code, const std::shared_ptr<Words>& words) {
  CLI::App* report = add_verb(app, "report", "a month's availability, MTTR and MTBF", *words);
  report->add_option("--month", words->report.month, "the month, as 2026-10")->required();
  report->add_option("--service", words->report.service, "this service alone");
  report->add_option("--format", words->report.format, "text, json or csv")
      ->check(CLI::IsMember({"text", "json", "csv"}));
  report->callback([words, &code] {
    words->report.config = words->config;
    code = report_command(words->report, SystemClock(), std::cout, std::cerr);
  });
}

void add_orders(CLI::App& app, int& code, const std::shared_ptr<Words>& words) {
  const auto add = [&](const std::string& name, const std::string& order,
                       const std::string& subject, const std::string& what) {
    CLI::App* verb = add_verb(app, name, what, *words);
    verb->add_option(subject, words->subject)->required();
    verb->callback([words, &code, order] {
      code = with_config(
          *words, [&](const auto& config) { return order_command(config, order, words->subject); });
    });
  };
  add("freeze", "freeze", "ACCOUNT", "stop an account's posts from having any effect");
  add("thaw", "thaw", "ACCOUNT", "let an account's posts count again");
  add("release", "release", "HELD", "apply a held report, by its id or its post's");
  add("discard", "discard", "HELD", "drop a held report, by its id or its post's");
  add("go-back", "go_back", "AUTHOR", "undo an author's changes of the safety catch's span");
}

}  // namespace

void add_verbs(CLI::App& app, int& code) {
  const auto words = std::make_shared<Words>();
  add_offline(app, code, words);
  add_run(app, code, words);
  add_say(app, code, words);
  add_lists(app, code, words);
  add_report(app, code, words);
  add_orders(app, code, words);
}

}  // namespace signalbox::app

int main(int argc, char** argv) {
  CLI::App app{"Signalbox: a status page that follows your staff's posts and your real traffic."};
  app.require_subcommand(1);
  int code = 0;
  signalbox::app::add_verbs(app, code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& mistake) {
    std::fprintf(stderr, "signalbox: %s; see signalbox --help\n", mistake.what());
    return 2;
  }
  if (!std::cout.flush()) {
    std::fprintf(stderr, "signalbox: the output could not be written; is its disk full?\n");
    return 1;
  }
  return code;
}
