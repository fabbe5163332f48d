// What waits for the archive is answered when it has spoken, and not much later when it has not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <latch>

#include "tests/unit/web/public_fixture.h"

namespace signalbox::web {
namespace {

using samples::AlwaysBelieved;
using samples::Wire;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Answers nothing before it is let go on.
class Thoughtful final : public Archive {
 public:
  std::optional<Incident> incident(std::string_view) override {
    asked.count_down();
    go_on.wait();
    return samples::incident("oooooooooooo", "API", samples::at("2024-01-01T00:00:00Z"), false);
  }
  std::optional<std::vector<Rollup>> rollups(const Stretch& /*stretch*/) override {
    go_on.wait();
    return std::vector<Rollup>();
  }
  std::latch asked{1}, go_on{1};
};

class Held : public testing::Test {
 protected:
  Held() {
    Snapshot snapshot = samples::bad_night();
    snapshot.services[0].sources = {"access_log web"};
    PublicSettings settings;
    settings.address = "127.0.0.1:0";
    settings.threads = 1;
    server_ = make_public_server(settings, ready_);
    server_->publish(render(samples::shared(std::move(snapshot)), nullptr, &archive_), "");
    address_ = server_->listen().value();
    server_->serve();
  }

  static std::string request(const std::string& path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  }

  Thoughtful archive_;
  AlwaysBelieved ready_;
  std::unique_ptr<PublicServer> server_;
  std::string address_;
};

TEST_F(Held, AnOldIncidentIsAnsweredOnceTheArchiveHasIt) {
  Wire wire(address_);
  wire.send(request("/incidents/oooooooooooo") + request("/healthz"));
  archive_.asked.wait();
  archive_.go_on.count_down();
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(wire.read_answer(), HasSubstr("\r\n\r\nok\n")) << "what was asked behind it";
}

TEST_F(Held, NobodyElseWaits) {
  Wire waits(address_), other(address_);
  waits.send(request("/incidents/oooooooooooo"));
  archive_.asked.wait();
  other.send(request("/"));
  EXPECT_THAT(other.read_answer(), StartsWith("HTTP/1.1 200 OK"));
  archive_.go_on.count_down();
  EXPECT_THAT(waits.read_answer(), StartsWith("HTTP/1.1 200 OK"));
}

TEST_F(Held, AServiceIsShownWithoutItsHistoryWhenTheArchiveHangs) {
  Wire wire(address_);
  wire.send(request("/services/API"));
  const std::string early = wire.read_answer();
  EXPECT_THAT(early, StartsWith("HTTP/1.1 200 OK"));
  EXPECT_THAT(early, HasSubstr("load this page again"));
  archive_.go_on.count_down();
  wire.send(request("/services/API"));
  EXPECT_THAT(wire.read_answer(), Not(HasSubstr("load this page again")));
}

}  // namespace
}  // namespace signalbox::web
