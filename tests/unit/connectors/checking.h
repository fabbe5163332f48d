// One check tried once, over the real client or over one that a test scripts.
#pragma once

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "connectors/registry.h"
#include "net/client.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"

namespace signalbox::testing {

using Asked = std::map<std::string, connectors::Setting>;

inline connectors::Setting word(std::string value) { return {std::move(value), {}, 3, 7}; }

/// The settings of one check of service JS.
inline connectors::SourceSetup check_setup(Asked settings) {
  connectors::SourceSetup setup;
  setup.id = "JS/check/1";
  setup.settings = connectors::Settings(std::move(settings));
  setup.questions.push_back({"JS", {}});
  return setup;
}

/// Loopback, and a clock that stands still.
struct Checker {
  FakeClock clock;
  FakePause pause{clock};
  boost::asio::io_context io;
  std::unique_ptr<net::Http> http = net::make_client(io, {});

  Result<connectors::Measured> poll(std::string_view kind, Asked settings) {
    return poll(kind, std::move(settings), *http);
  }
  Result<connectors::Measured> poll(std::string_view kind, Asked settings, net::Http& by) {
    const auto setup = check_setup(std::move(settings));
    const auto meter = connectors::check_kind(kind)->make(setup, {by, pause, clock});
    return run_on(io, meter->poll(""));
  }
  /// Whether the one try was good.
  bool good(std::string_view kind, Asked settings) {
    const auto measured = poll(kind, std::move(settings)).value();
    return measured.readings.at(0).good == 1;
  }
  /// What the kind has against these settings, one line each.
  std::vector<std::string> mistakes(std::string_view kind, Asked settings) {
    const auto setup = check_setup(std::move(settings));
    connectors::check_kind(kind)->make(setup, {*http, pause, clock});
    std::vector<std::string> all;
    for (const auto& m : setup.settings.mistakes()) {
      all.push_back(std::to_string(m.line) + ": " + m.key + " " + m.what);
    }
    return all;
  }
};

}  // namespace signalbox::testing
