#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/check_config.h"
#include "app/cli/staff_commands.h"
#include "app/main/verbs.h"
#include "app/server/server.h"

namespace signalbox::app {

namespace {

constexpr int kBadConfiguration = 2;

/// What the verbs are called with.
struct Words {
  std::string config;
  std::vector<std::string> texts;
  std::string id;
  std::string subject;
  unsigned long after = 0;
  bool json = false;
};

CLI::App* add_verb(CLI::App& app, const std::string& name, const std::string& what, Words& words) {
  CLI::App* verb = app.add_subcommand(name, what);
  verb->add_option("--config", words.config, "the configuration file")->required();
  return verb;
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
  add("release", "release", "HELD", "apply a held report");
  add("discard", "discard", "HELD", "drop a held report");
  add("go-back", "go_back", "AUTHOR", "undo an author's changes of the safety catch's span");
}

}  // namespace

void add_server_verbs(CLI::App& app, int& code) {
  const auto words = std::make_shared<Words>();
  add_run(app, code, words);
  add_say(app, code, words);
  add_lists(app, code, words);
  add_orders(app, code, words);
}

}  // namespace signalbox::app
