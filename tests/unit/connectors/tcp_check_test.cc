#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_server.h"
#include "tests/unit/connectors/checking.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors::tcp_check {
namespace {

using signalbox::testing::Checker;
using signalbox::testing::Script;
using signalbox::testing::ScriptedHttp;
using signalbox::testing::ScriptedServer;
using signalbox::testing::word;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string address_of(const ScriptedServer& server) { return server.url().substr(7); }

class TcpCheck : public ::testing::Test, protected Checker {};

TEST_F(TcpCheck, ConnectsAndSaysNothing) {
  ScriptedServer server([](const std::string&) { return Script{}; });
  const auto measured = poll("tcp", {{"address", word(address_of(server))}}).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].good, 1);
  EXPECT_EQ(measured.readings[0].total, 1);
  EXPECT_TRUE(measured.readings[0].check);
  EXPECT_TRUE(measured.readings[0].latency);
  EXPECT_EQ(measured.readings[0].instant, clock.now());
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(TcpCheck, TellsHowLongTheConnectionTook) {
  const auto after = [this](int ms) {
    ScriptedHttp far([&](const net::Request&) -> Result<net::Response> {
      return net::Response{0, {}, "", std::chrono::milliseconds(ms), {}};
    });
    return poll("tcp", {{"address", word("db.test:1")}, {"slow_after", word("1s")}}, far)
        .value()
        .readings.at(0);
  };
  EXPECT_EQ(after(70).latency, std::chrono::milliseconds(70));
  EXPECT_EQ(after(70).grade, State::up);
  EXPECT_EQ(after(1200).grade, State::issue);
}

TEST_F(TcpCheck, LeavesNoConnectionOpen) {
  ScriptedServer server([](const std::string&) { return Script{}; });
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(good("tcp", {{"address", word(address_of(server))}}));
  EXPECT_LT(server.most_at_once(), 20);
}

TEST_F(TcpCheck, TakesARefusedConnectionForAFailedTry) {
  auto gone = std::make_unique<ScriptedServer>([](const std::string&) { return Script{}; });
  const std::string nobody = address_of(*gone);
  gone.reset();
  EXPECT_FALSE(good("tcp", {{"address", word(nobody)}}));
}

TEST_F(TcpCheck, FindsNoFaultWhereNoWayLeads) {
  const auto measured = poll("tcp", {{"address", word("255.255.255.255:80")}}).value();
  EXPECT_THAT(measured.readings, IsEmpty());
  EXPECT_THAT(measured.complaints, ElementsAre(HasSubstr("255.255.255.255:80")));
}

TEST_F(TcpCheck, TellsMistakesOfItsSettings) {
  for (const char* fine : {"db.example:5432", "127.0.0.1:1", "[::1]:65535", "localhost:80"}) {
    EXPECT_THAT(mistakes("tcp", {{"address", word(fine)}}), IsEmpty()) << fine;
  }
  for (const char* wrong : {"db.example", "db:", ":80", "db:0", "db:65536", "::1:80", "db:80/x",
                            "http://db:80", "me@db:80", "[db]:80", "d b:80"}) {
    EXPECT_THAT(mistakes("tcp", {{"address", word(wrong)}}),
                ElementsAre(HasSubstr("3: address must be HOST:PORT")))
        << wrong;
  }
  EXPECT_THAT(mistakes("tcp", {}), ElementsAre("0: address is missing"));
}

}  // namespace
}  // namespace signalbox::connectors::tcp_check
