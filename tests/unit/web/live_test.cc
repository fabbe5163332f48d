// The live stream over the wire, and what a reader who comes back is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <nlohmann/json.hpp>

#include "tests/unit/web/public_fixture.h"
#include "web/public/replay.h"

namespace signalbox::web {
namespace {

using nlohmann::json;
using samples::AlwaysBelieved;
using samples::HandClock;
using samples::Wire;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

const std::string kWasThere = std::to_string(samples::now().time_since_epoch().count());

EventPtr event(std::int64_t id, std::size_t size = 10) {
  return std::make_shared<const LiveEvent>(
      LiveEvent{id, std::string(size, 'x') + std::to_string(id)});
}

std::string missed(const Replay& replay, std::string_view last) {
  std::string text;
  return replay.missed(last, text) ? text : "unknown";
}

TEST(Replay, GivesWhatCameAfterTheReadersLast) {
  Replay replay;
  replay.show(Time(100ms), nullptr);
  replay.show(Time(110ms), event(110, 1));
  replay.show(Time(115ms), nullptr);
  replay.show(Time(120ms), event(120, 1));
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},           {"100", "x110x120"},
      {"110", "x120"},    {"115", "x120"},
      {"120", ""},        {"99", "unknown"},
      {"121", "unknown"}, {"12a", "unknown"},
      {"-1", "unknown"},  {"99999999999999999999", "unknown"}};
  for (const auto& [last, text] : cases) EXPECT_EQ(missed(replay, last), text) << last;
  EXPECT_EQ(replay.newest(), 120);
}

TEST(Replay, KeepsOnlySoMuch) {
  Replay replay;
  replay.show(Time(0ms) + 1ms, nullptr);
  const auto most = static_cast<std::int64_t>(Replay::kMostEvents);
  for (std::int64_t id = 2; id <= most + 2; ++id) replay.show(Time(Duration(id)), event(id, 1));
  EXPECT_EQ(missed(replay, "1"), "unknown");
  EXPECT_NE(missed(replay, "2"), "unknown");
  replay.show(Time(1000ms), event(1000, Replay::kMostBytes));
  EXPECT_EQ(missed(replay, "999"), "unknown") << "one that is too large is not kept";
  EXPECT_EQ(missed(replay, "1000"), "");
}

class Live : public testing::Test {
 protected:
  Live() {
    PublicSettings settings;
    settings.address = "127.0.0.1:0";
    settings.threads = 1;
    settings.live_beat = 50ms;
    server_ = make_public_server(settings, ready_, clock_);
    publish(0s, "");
    address_ = server_->listen().value();
    server_->serve();
  }

  void publish(Duration later, const std::string& event) {
    Snapshot snapshot = samples::bad_night();
    snapshot.as_of += later;
    server_->publish(render(samples::shared(snapshot), nullptr, nullptr), event);
  }
  /// What a stream is told first, down to its first heartbeat.
  std::string begins(const std::string& last_event_id) {
    Wire wire(address_);
    const std::string line =
        last_event_id.empty() ? "" : "Last-Event-ID: " + last_event_id + "\r\n";
    wire.send("GET /live HTTP/1.1\r\nHost: x\r\n" + line + "\r\n");
    return wire.read_until(": beat\n\n");
  }

  HandClock clock_;
  AlwaysBelieved ready_;
  std::unique_ptr<PublicServer> server_;
  std::string address_;
};

TEST_F(Live, ANewReaderIsToldNothingButWhereItIs) {
  const std::string told = begins("");
  EXPECT_THAT(told, HasSubstr("id: " + kWasThere + "\n\n"));
  EXPECT_THAT(told, Not(HasSubstr("data:")));
  EXPECT_THAT(begins(kWasThere), Not(HasSubstr("data:")));
}

TEST_F(Live, AReaderWhoComesBackIsToldWhatItMissed) {
  publish(1s, R"({"first":1})");
  publish(2s, R"({"second":2})");
  const std::string told = begins(kWasThere);
  EXPECT_LT(told.find("data: {\"first\":1}\n\n"), told.find("data: {\"second\":2}\n\n"));
  EXPECT_THAT(told, Not(HasSubstr("missed")));
  const std::string second = std::to_string((samples::now() + 2s).time_since_epoch().count());
  EXPECT_THAT(told, HasSubstr("id: " + second + "\ndata: {\"second\":2}\n\n"));
  EXPECT_THAT(begins(second), Not(HasSubstr("data:")));
}

TEST_F(Live, AReaderOfAnotherLifeIsToldThatItMissedSomething) {
  const std::string told = begins("1");
  const auto from = told.find("data: ") + 6;
  EXPECT_EQ(json::parse(told.substr(from, told.find('\n', from) - from))["missed"], true);
  EXPECT_THAT(told, HasSubstr("id: " + kWasThere + "\ndata: "));
}

TEST_F(Live, SaysWhenTheCoreFallsSilentAndWhenItIsHeardAgain) {
  Wire wire(address_);
  wire.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  wire.read_until(": beat\n\n");
  clock_.pass(61s);
  EXPECT_THAT(wire.read_until("\"stale_since\":\"2026-11-21T03:30:00"), HasSubstr("data: "));
  EXPECT_THAT(begins(""), HasSubstr("\"stale_since\":\"2026"));
  server_->heartbeat();
  EXPECT_THAT(wire.read_until("\"stale_since\":null"), HasSubstr("data: "));
  EXPECT_THAT(begins(""), Not(HasSubstr("stale_since")));
}

}  // namespace
}  // namespace signalbox::web
