// A source that asks by query, against answers a test writes.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::testing {

/// Half a minute past kStart; every minute is an instant.
class QueryFixture : public ::testing::Test {
 protected:
  using Texts = std::map<std::string, std::string>;

  static connectors::Settings settings(const Texts& texts) {
    std::map<std::string, connectors::Setting> all;
    for (const auto& [key, value] : texts) all[key] = {value, {}, 1, 1};
    return connectors::Settings(std::move(all));
  }
  connectors::SourceSetup setup(const Texts& of_source, const Texts& of_service) const {
    connectors::SourceSetup made;
    made.id = "far";
    made.base_url = "http://far.test";
    made.settings = settings(of_source);
    made.questions.push_back({"API", settings(of_service)});
    return made;
  }
  std::unique_ptr<connectors::Meter> meter(const char* kind, const connectors::SourceSetup& made) {
    return connectors::meter_kind(kind)->make(made, connectors::World{http_, pause_, clock_});
  }

  static constexpr long long kStart = 1795233600;
  const Time start_{std::chrono::seconds(kStart)};
  FakeClock clock_{start_ + std::chrono::seconds(30)};
  FakePause pause_{clock_};
  ScriptedHttp::Answer answer_ = [](const net::Request&) -> Result<net::Response> {
    return net::Response{200, {}, "{}"};
  };
  ScriptedHttp http_{[this](const net::Request& request) { return answer_(request); }};
};

}  // namespace signalbox::testing
