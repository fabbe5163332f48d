// The core hangs: within a minute the page itself says how old it is, and only alerting is told to
// act.
#include <gmock/gmock.h>

#include <atomic>
#include <future>

#include "app/core/loop.h"
#include "tests/support/theatre/theatre.h"
#include "tests/unit/web/wire.h"
#include "web/public/server.h"

namespace signalbox::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using web::samples::Wire;
using namespace std::chrono_literals;

/// The web threads' own clock, moved by the test.
class Watch final : public Clock {
 public:
  explicit Watch(Time start) : start_(start) {}
  Time now() const override { return start_ + passed_.load(); }
  SteadyTime steady() const override { return SteadyTime(1h + passed_.load()); }
  void pass(Duration d) { passed_ = passed_.load() + d; }

 private:
  const Time start_;
  std::atomic<Duration> passed_{Duration(0)};
};

class Believed final : public web::Readiness {
 public:
  std::string not_ready_because() const override { return {}; }
};

class HungCore : public ::testing::Test {
 protected:
  HungCore() {
    stage_.say("API-ISSUE: slow");
    web::PublicSettings settings;
    settings.address = "127.0.0.1:0";
    settings.threads = 1;
    server_ = web::make_public_server(settings, ready_, watch_);
    server_->publish(web::render(stage_.board(), nullptr, nullptr), "");
    address_ = server_->listen().value();
    server_->serve();
    loop_ = std::make_unique<app::CoreLoop>(stage_.core(), stage_.clock(),
                                            [this] { server_->heartbeat(); });
  }
  ~HungCore() override { let_go(); }

  /// From here on the core does nothing any more.
  void hang() {
    std::promise<void> in_it;
    loop_->post([&in_it, hold = hold_.get_future().share()](app::Core&) {
      in_it.set_value();
      hold.wait();
    });
    in_it.get_future().wait();
  }
  void let_go() {
    if (!std::exchange(let_go_, true)) hold_.set_value();
  }
  std::string get(const std::string& path) const {
    Wire wire(address_);
    wire.send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    return wire.read_answer();
  }

  Theatre stage_{{"API"}, {}, {}};
  Watch watch_{stage_.clock().now()};
  Believed ready_;
  std::unique_ptr<web::PublicServer> server_;
  std::string address_;
  std::promise<void> hold_;
  bool let_go_ = false;
  std::unique_ptr<app::CoreLoop> loop_;
};

TEST_F(HungCore, ThePageSaysNotUpdatedSinceWithinAMinute) {
  hang();
  EXPECT_THAT(get("/"), AllOf(HasSubstr("slow"), Not(HasSubstr("Not updated since"))));
  const std::string since = iso(watch_.now());
  watch_.pass(60s + 1ms);
  EXPECT_THAT(get("/"),
              AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("slow"),
                    HasSubstr("Not updated since <time datetime=\"" + since.substr(0, 16))));
  EXPECT_THAT(get("/api/board.json"), HasSubstr("\"stale\":true"));
  EXPECT_THAT(get("/badge/API.svg"), HasSubstr("UNKNOWN"));
  EXPECT_THAT(get("/readyz"), AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr(since.substr(0, 16))));
  EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(HungCore, ThePageIsBelievedAgainOnceTheCoreTurns) {
  hang();
  watch_.pass(5min);
  EXPECT_THAT(get("/"), HasSubstr("Not updated since"));
  let_go();
  loop_->stop();  // its last turn is a sign of life
  EXPECT_THAT(get("/"), Not(HasSubstr("Not updated since")));
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200 "));
}

}  // namespace
}  // namespace signalbox::testing
