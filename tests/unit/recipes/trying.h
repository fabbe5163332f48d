// One try of a recipe against answers that a test writes.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/recipe.h"
#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::testing {

using Asked = std::map<std::string, connectors::Setting>;

inline connectors::Setting word(std::string value) { return {std::move(value), {}, 3, 7}; }
inline connectors::Setting words(std::vector<std::string> all) {
  return {"", std::move(all), 3, 7};
}

inline net::Response ok(std::string body, net::Headers headers = {}) {
  return {200, std::move(headers), std::move(body)};
}

/// A recipe of the program, or of the test's own.
inline std::shared_ptr<const Recipe> shipped(const std::string& name) {
  config::Mistakes mistakes("x.yaml");
  config::Value named;
  named.scalar = name;
  auto recipe = config::recipe_named(named, ".", mistakes);
  for (const auto& misfit : mistakes.sorted()) ADD_FAILURE() << config::to_text(misfit);
  return recipe;
}
inline std::shared_ptr<const Recipe> own(const std::string& text) {
  config::Mistakes mistakes("x.yaml");
  auto recipe = config::read_recipe(text, "mine", "mine.yaml", mistakes);
  for (const auto& misfit : mistakes.sorted()) ADD_FAILURE() << config::to_text(misfit);
  return recipe;
}

/// A check of service JS by a recipe, at 2026-11-21T04:00:00Z.
class Try {
 public:
  Try(std::shared_ptr<const Recipe> recipe, Asked asked) {
    setup_.id = "JS/recipe/1";
    asked["recipe"] = word("x");
    setup_.settings = connectors::Settings(std::move(asked));
    setup_.questions.push_back({"JS", {}});
    setup_.recipe = std::move(recipe);
  }

  /// What is wrong with settings and recipe, `LINE: KEY what` or `FILE:LINE:COL what` a line.
  std::vector<std::string> mistakes() {
    ScriptedHttp nobody([](const net::Request&) { return unavailable("nobody"); });
    const auto meter = made(nobody);
    std::vector<std::string> all;
    for (const auto& m : setup_.settings.mistakes()) {
      all.push_back(m.file.empty() ? std::to_string(m.line) + ": " + m.key + " " + m.what
                                   : m.file + ":" + std::to_string(m.line) + ":" +
                                         std::to_string(m.column) + " " + m.what);
    }
    for (const auto& key : setup_.settings.unknown()) all.push_back("unknown " + key);
    return all;
  }
  connectors::Measured by(net::Http& http) {
    const auto meter = made(http);
    return run(meter->poll("")).value();
  }
  connectors::Measured by_real(boost::asio::io_context& io, net::Http& http) {
    const auto meter = made(http);
    return run_on(io, meter->poll("")).value();
  }
  /// UP, ISSUE, DOWN, pending, or the complaint of a try that says nothing.
  static std::string said(const connectors::Measured& measured) {
    if (measured.readings.empty())
      return measured.complaints.size() == 1 ? measured.complaints[0] : "neither";
    const State state = measured.readings.at(0).grade.value();
    return state == State::unknown ? "pending" : std::string(signalbox::word(state));
  }
  /// The same of these answers, one a request, and of the last one again and again.
  std::string answered(std::vector<net::Response> answers) {
    std::size_t next = 0;
    ScriptedHttp http([&](const net::Request&) -> Result<net::Response> {
      return answers[std::min(next++, answers.size() - 1)];
    });
    const std::string result = said(by(http));
    requests = http.requests;
    return result;
  }
  std::string answered(const std::string& body) { return answered({ok(body)}); }

  std::vector<net::Request> requests;  ///< of the last answered()
  FakeClock clock;

 private:
  std::unique_ptr<connectors::Meter> made(net::Http& http) {
    return connectors::check_kind("recipe")->make(setup_, {http, pause_, clock});
  }

  FakePause pause_{clock};
  connectors::SourceSetup setup_;
};

/// Settings with which each shipped recipe works.
inline const std::map<std::string, Asked>& shipped_settings() {
  static const std::map<std::string, Asked> kAll = {
      {"alertmanager", {{"base_url", word("http://am.test:9093")}}},
      {"circleci", {{"project", word("gh/acme/app")}}},
      {"feed", {{"url", word("https://status.far.test/history.atom")}}},
      {"github_actions", {{"repository", word("acme/app")}}},
      {"heroku", {}},
      {"statuspage", {{"base_url", word("https://status.far.test")}}},
  };
  return kAll;
}

}  // namespace signalbox::testing
