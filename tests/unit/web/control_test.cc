#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "tests/unit/web/samples.h"
#include "tests/unit/web/wire.h"
#include "web/control/gate.h"
#include "web/control/server.h"

namespace signalbox::web {
namespace {

using samples::Wire;
using testing::HasSubstr;
using testing::Return;
using testing::StartsWith;

class Desk : public Control {
 public:
  MOCK_METHOD(ControlAnswer, post, (const std::string&, const std::string&), (override));
  MOCK_METHOD(ControlAnswer, readings, (const std::string&), (override));
  MOCK_METHOD(ControlAnswer, audit, (std::uint64_t, std::size_t), (override));
  MOCK_METHOD(ControlAnswer, board, (), (override));
  MOCK_METHOD(ControlAnswer, outbox, (), (override));
  MOCK_METHOD(ControlAnswer, held, (), (override));
  MOCK_METHOD(ControlAnswer, command, (const std::string&, const std::string&), (override));
  MOCK_METHOD(std::string, metrics, (), (override));
};

class ControlPlane : public testing::Test {
 protected:
  void SetUp() override {
    server_ = make_control_server({"127.0.0.1:0", false, Secret("s3cret")}, desk_);
    address_ = server_->listen().value();
    server_->serve();
  }
  std::string ask(const std::string& method, const std::string& path, const std::string& body,
                  const std::string& lines = "Authorization: Bearer s3cret\r\n") {
    Wire wire(address_);
    wire.send(method + " " + path + " HTTP/1.1\r\nHost: " + address_ + "\r\n" + lines +
              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    return wire.read_all();
  }

  testing::NiceMock<Desk> desk_;
  std::unique_ptr<ControlServer> server_;
  std::string address_;
};

TEST_F(ControlPlane, PostsWithItsKey) {
  EXPECT_CALL(desk_, post("API-DOWN: fire", "k1")).WillOnce(Return(ControlAnswer{201, "{}"}));
  EXPECT_THAT(ask("POST", "/api/posts", R"({"text":"API-DOWN: fire","id":"k1"})"),
              StartsWith("HTTP/1.1 201 "));
}

TEST_F(ControlPlane, RefusesWithoutTheToken) {
  EXPECT_CALL(desk_, post).Times(0);
  const std::string body = R"({"text":"API-DOWN: fire"})";
  EXPECT_THAT(ask("POST", "/api/posts", body, ""), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(ask("POST", "/api/posts", body, "Authorization: Bearer wrong!\r\n"),
              StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(ask("GET", "/metrics", "", ""), StartsWith("HTTP/1.1 401 "));
}

TEST_F(ControlPlane, RefusesForeignPagesAndReboundNames) {
  const std::string token = "Authorization: Bearer s3cret\r\n";
  EXPECT_THAT(
      ask("POST", "/api/accounts/fedi/freeze", "", token + "Origin: https://evil.example\r\n"),
      StartsWith("HTTP/1.1 403 "));
  Wire wire(address_);
  wire.send("GET /api/audit HTTP/1.1\r\nHost: evil.example\r\n" + token + "\r\n");
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 403 "));
  Wire two(address_);
  two.send("GET /api/audit HTTP/1.1\r\nHost: " + address_ + "\r\nHost: evil.example\r\n" + token +
           "\r\n");
  EXPECT_THAT(two.read_all(), StartsWith("HTTP/1.1 403 "));
}

TEST_F(ControlPlane, SaysInOneLineWhatIsWrongWithABody) {
  for (const char* body :
       {"", "{", "[]", R"({"text":7})", R"({"text":" "})", R"({"text":"x","id":1})"}) {
    const std::string answer = ask("POST", "/api/posts", body);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 ")) << body;
    EXPECT_THAT(answer, HasSubstr("\"error\":")) << body;
  }
}

TEST_F(ControlPlane, RefusesTransferEncoding) {
  Wire wire(address_);
  wire.send("POST /api/posts HTTP/1.1\r\nHost: " + address_ +
            "\r\nAuthorization: Bearer s3cret\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 400 "));
}

TEST_F(ControlPlane, IsNotSilencedByThoseWhoSayNothing) {
  EXPECT_CALL(desk_, metrics()).WillOnce(Return("signalbox_up 1\n"));
  EXPECT_CALL(desk_, command("freeze", "fedi")).WillOnce(Return(ControlAnswer{200, "{}"}));
  std::vector<std::unique_ptr<Wire>> slow;
  for (int i = 0; i < 300; ++i) {
    slow.push_back(std::make_unique<Wire>(address_));
    if (i % 3 == 1) slow.back()->send("GET / HTTP/1.1\r\nHost");
    if (i % 3 == 2) {
      slow.back()->send("POST /session HTTP/1.1\r\nHost: " + address_ +
                        "\r\nContent-Length: 100\r\n\r\ntoken=");
    }
  }
  const SystemClock clock;
  const auto began = clock.steady();
  EXPECT_THAT(ask("GET", "/metrics", ""), HasSubstr("signalbox_up 1\n"));
  EXPECT_THAT(ask("POST", "/api/accounts/fedi/freeze", ""), StartsWith("HTTP/1.1 200 "));
  EXPECT_LT(clock.steady() - began, std::chrono::seconds(1));
}

TEST_F(ControlPlane, GivesThoseWhoAreSlowTwoSeconds) {
  const SystemClock clock;
  const auto began = clock.steady();
  Wire head(address_);
  head.send("GET / HTTP/1.1\r\nHost");
  Wire body(address_);
  body.send("POST /session HTTP/1.1\r\nHost: " + address_ +
            "\r\nContent-Length: 100\r\n\r\ntoken=");
  EXPECT_EQ(head.read_all(), "");
  EXPECT_EQ(body.read_all(), "");
  EXPECT_LT(clock.steady() - began, std::chrono::seconds(3));
}

TEST_F(ControlPlane, WaitsForNoBodyOfThoseWhoHaveNoToken) {
  const auto refused = [this](const std::string& path, int length, const std::string& lines = "") {
    Wire wire(address_);
    wire.send("POST " + path + " HTTP/1.1\r\nHost: " + address_ + "\r\n" + lines +
              "Content-Length: " + std::to_string(length) + "\r\n\r\n");
    return wire.read_answer();
  };
  EXPECT_THAT(refused("/api/posts", 60000), StartsWith("HTTP/1.1 401 "));
  EXPECT_THAT(refused("/session", 60000), StartsWith("HTTP/1.1 413 "));
  const std::string token = "Authorization: Bearer s3cret\r\n";
  EXPECT_THAT(refused("/api/posts", 70000, token), StartsWith("HTTP/1.1 413 "));
  EXPECT_THAT(ask("GET", "/" + std::string(20000, 'a'), ""), StartsWith("HTTP/1.1 431 "));
  EXPECT_THAT(ask("GET", "/ nowhere", ""), StartsWith("HTTP/1.1 400 "));
}

TEST_F(ControlPlane, KeepsAThreadForFreezeWhileQuestionsHang) {
  std::promise<void> enough;
  const auto waits = enough.get_future().share();
  ON_CALL(desk_, outbox).WillByDefault([waits] {
    waits.wait();
    return ControlAnswer{200, "[]"};
  });
  EXPECT_CALL(desk_, command("freeze", "fedi")).WillOnce(Return(ControlAnswer{200, "{}"}));
  std::vector<std::unique_ptr<Wire>> hanging;
  for (int i = 0; i < 20; ++i) {
    hanging.push_back(std::make_unique<Wire>(address_));
    hanging.back()->send("GET /api/outbox HTTP/1.1\r\nHost: " + address_ +
                         "\r\nAuthorization: Bearer s3cret\r\n\r\n");
  }
  EXPECT_THAT(ask("POST", "/api/accounts/fedi/freeze", ""), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("GET", "/metrics", ""), StartsWith("HTTP/1.1 200 "));
  enough.set_value();
  for (const auto& wire : hanging) EXPECT_THAT(wire->read_all(), StartsWith("HTTP/1.1 "));
}

TEST_F(ControlPlane, AnswersWhatItTookInBeforeItStops) {
  std::promise<void> begun;
  ON_CALL(desk_, held).WillByDefault([&begun] {
    begun.set_value();
    return ControlAnswer{200, "[]"};
  });
  Wire wire(address_);
  wire.send("GET /api/held HTTP/1.1\r\nHost: " + address_ +
            "\r\nAuthorization: Bearer s3cret\r\n\r\n");
  begun.get_future().wait();
  server_->stop();
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(ControlPlane, PassesOrdersOn) {
  EXPECT_CALL(desk_, command("freeze", "fedi")).WillOnce(Return(ControlAnswer{200, "{}"}));
  EXPECT_CALL(desk_, command("release", "h1")).WillOnce(Return(ControlAnswer{200, "{}"}));
  EXPECT_CALL(desk_, command("go_back", "fedi 109")).WillOnce(Return(ControlAnswer{200, "{}"}));
  EXPECT_THAT(ask("POST", "/api/accounts/fedi/freeze", ""), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("POST", "/api/held/h1/release", ""), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("POST", "/api/authors/fedi%20109/go_back", ""), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("POST", "/api/accounts/fedi/melt", ""), StartsWith("HTTP/1.1 404 "));
  EXPECT_CALL(desk_, command("thaw", "fedi")).WillOnce(Return(ControlAnswer{200, "{}"}));
  Wire bare(address_);
  bare.send("POST /api/accounts/fedi/thaw HTTP/1.1\r\nHost: " + address_ +
            "\r\nAuthorization: Bearer s3cret\r\n\r\n");
  EXPECT_THAT(bare.read_all(), StartsWith("HTTP/1.1 200 ")) << "as curl -X POST sends it";
}

TEST_F(ControlPlane, AnswersQueries) {
  EXPECT_CALL(desk_, audit(7, 3)).WillOnce(Return(ControlAnswer{200, "[]"}));
  EXPECT_CALL(desk_, metrics()).WillRepeatedly(Return("signalbox_up 1\n"));
  EXPECT_THAT(ask("GET", "/api/audit?after=7&most=3", ""), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(ask("GET", "/metrics", ""), HasSubstr("signalbox_up 1\n"));
  const std::string head = ask("HEAD", "/metrics", "");
  EXPECT_THAT(head, StartsWith("HTTP/1.1 200 "));
  EXPECT_TRUE(head.ends_with("\r\n\r\n"));
}

TEST_F(ControlPlane, OpensTheConsoleToWhoeverKnowsTheToken) {
  EXPECT_THAT(ask("GET", "/", "", ""), HasSubstr("name=\"token\""));
  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  EXPECT_THAT(ask("POST", "/session", "token=no", form), StartsWith("HTTP/1.1 401 "));
  const std::string in = ask("POST", "/session", "token=s3cret", form);
  EXPECT_THAT(in, StartsWith("HTTP/1.1 303 "));
  EXPECT_THAT(in, HasSubstr("HttpOnly; SameSite=Strict"));
  const auto at = in.find("signalbox=");
  const std::string cookie = "Cookie: " + in.substr(at, in.find(';', at) - at) + "\r\n";
  ON_CALL(desk_, held).WillByDefault(Return(ControlAnswer{200, R"([{"id":"h1","text":"<b>x"}])"}));
  EXPECT_CALL(desk_, audit(Control::kNewest, 50)).Times(testing::AtLeast(1));
  const std::string console = ask("GET", "/", "", cookie);
  EXPECT_THAT(console, HasSubstr("&lt;b&gt;x"));
  EXPECT_THAT(ask("POST", "/order", "what=release&subject=h1", form + cookie),
              StartsWith("HTTP/1.1 403 "));
  EXPECT_CALL(desk_, command("release", "h1")).WillOnce(Return(ControlAnswer{200, "{}"}));
  EXPECT_THAT(ask("POST", "/order", "what=release&subject=h1",
                  form + cookie + "Origin: http://" + address_ + "\r\n"),
              StartsWith("HTTP/1.1 200 "));
}

TEST(ControlAddress, KeepsThoseWhoConnectWaitingUntilItServes) {
  testing::NiceMock<Desk> desk;
  const auto server = make_control_server({"127.0.0.1:0", false, Secret("x")}, desk);
  Wire early(server->listen().value());
  early.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(early.hears_something());
  server->serve();
  EXPECT_THAT(early.read_all(), StartsWith("HTTP/1.1 "));
}

TEST(ControlAddress, StaysOnLoopbackUnlessBehindAProxy) {
  testing::NiceMock<Desk> desk;
  EXPECT_FALSE(make_control_server({"0.0.0.0:0", false, Secret("x")}, desk)->listen().has_value());
}

TEST(ControlGate, FindsItsCookieAmongOthersOfLikeNames) {
  Gate gate(Secret("token"), false);
  const SteadyTime now(std::chrono::hours(1));
  const std::string session = "signalbox=" + gate.open_session("token", now).value();
  const auto status = [&](const std::string& cookie) {
    Credentials shown;
    shown.cookie = cookie;
    shown.host = "127.0.0.1";
    return gate.decide(shown, now).status;
  };
  for (const std::string others : {"", "old-signalbox=1; ", "signalbox-staff=1-2; ", "a=b;"}) {
    EXPECT_EQ(status(others + session), 200) << others;
    EXPECT_EQ(status(others + session + "; z=1"), 200) << others;
  }
  EXPECT_EQ(status("old-" + session), 401) << "another's cookie";
  EXPECT_EQ(status("signalbox="), 401);
}

TEST(ControlGate, ShutsForAMinuteAfterFiveWrongTokens) {
  Gate gate(Secret("token"), false);
  const SteadyTime start(std::chrono::hours(1));
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(gate.open_session("wrong", start));
  EXPECT_FALSE(gate.open_session("token", start + std::chrono::seconds(59)));
  EXPECT_TRUE(gate.open_session("token", start + std::chrono::seconds(61)));
}

}  // namespace
}  // namespace signalbox::web
