#include "net/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <thread>

#include "tests/support/gzip.h"
#include "tests/support/run.h"
#include "tests/support/scripted_server.h"

namespace signalbox::net {
namespace {

using ::signalbox::testing::gzip;
using ::signalbox::testing::http_ok;
using ::signalbox::testing::run_on;
using ::signalbox::testing::Script;
using ::signalbox::testing::ScriptedServer;
using ::signalbox::testing::start_on;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Client : public ::testing::Test {
 protected:
  Result<Response> ask(Request request) { return run_on(io_, http_->send(std::move(request))); }
  Result<Response> ask(const std::string& url, std::size_t most_bytes = 1 << 20) {
    Request request;
    request.url = url;
    request.most_bytes = most_bytes;
    request.timeout = std::chrono::seconds(5);
    return ask(std::move(request));
  }

  boost::asio::io_context io_;
  std::unique_ptr<Http> http_ = make_client(io_, {});
};

TEST_F(Client, GivesStatusHeadersAndBody) {
  ScriptedServer server([](const std::string&) {
    return Script{http_ok("hello", "X-Thing:  a b \r\n"), false};
  });
  const auto answer = ask(server.url() + "/path?q=1");
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(answer->header("x-thing"), "a b");
  EXPECT_EQ(answer->header("x-other"), std::nullopt);
}

TEST_F(Client, SendsMethodHeadersBodyAndAlwaysAUserAgent) {
  ScriptedServer server([](const std::string&) { return Script{http_ok(""), false}; });
  Request request;
  request.method = "POST";
  request.url = server.url() + "/say";
  request.headers = {{"Authorization", "Bearer t"}, {"Content-Type", "application/json"}};
  request.body = R"({"text":"API-DOWN: x"})";
  request.speaks = true;
  ASSERT_TRUE(ask(request));
  const std::string sent = server.requests().at(0);
  EXPECT_THAT(sent, StartsWith("POST /say HTTP/1.1\r\n"));
  EXPECT_THAT(sent, HasSubstr("User-Agent: Signalbox/"));
  EXPECT_THAT(sent, HasSubstr("Authorization: Bearer t\r\n"));
  EXPECT_THAT(sent, HasSubstr("Content-Type: application/json\r\n"));
  EXPECT_THAT(sent, ::testing::EndsWith("\r\n\r\n{\"text\":\"API-DOWN: x\"}"));
  EXPECT_THAT(sent, Not(HasSubstr("Expect:")));
}

TEST_F(Client, TakesAnyStatusForAnAnswerAndFollowsNoRedirect) {
  ScriptedServer server([](const std::string&) {
    return Script{"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", false};
  });
  const auto answer = ask(server.url());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(Client, RefusesToForgeHeadersOrLeaveHttp) {
  ScriptedServer server([](const std::string&) { return Script{http_ok(""), false}; });
  Request forged;
  forged.url = server.url();
  forged.headers = {{"X", "a\r\nY: b"}};
  EXPECT_EQ(ask(forged).error().code, Error::Code::invalid);
  forged.headers = {{"X\r\nY", "a"}};
  EXPECT_EQ(ask(forged).error().code, Error::Code::invalid);
  forged.headers = {{"X", std::string("a\0b", 3)}};
  EXPECT_EQ(ask(forged).error().code, Error::Code::invalid);
  for (const char* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "http://", "", "127.0.0.1",
                          "http://127.0.0.1/a b", "http://127.0.0.1/\r\nX: y"}) {
    EXPECT_EQ(ask(url).error().code, Error::Code::invalid) << url;
  }
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Client, SaysWhenARequestCertainlyNeverArrived) {
  std::string refused_url;
  {
    ScriptedServer gone([](const std::string&) { return Script{}; });
    refused_url = gone.url();
  }
  const auto refused = ask(refused_url + "/secret-path?token=hush");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Error::Code::unavailable);
  EXPECT_THAT(refused.error().what, StartsWith(std::string(kNeverSent)));
  EXPECT_THAT(refused.error().what, Not(HasSubstr("hush")));
}

TEST_F(Client, SaysThatATlsHandshakeThatFailedNeverSentAnything) {
  ScriptedServer plain([](const std::string&) { return Script{http_ok(""), false}; });
  std::string url = plain.url();
  url.replace(0, 4, "https");
  Request request;
  request.url = url;
  request.timeout = std::chrono::milliseconds(500);
  const auto answer = ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Error::Code::unavailable);
  EXPECT_THAT(answer.error().what, StartsWith(std::string(kNeverSent)));
}

TEST_F(Client, DoesNotClaimThatWhenTheConnectionDiesAfterTheRequest) {
  ScriptedServer rude([](const std::string&) { return Script{}; });
  Request request;
  request.method = "POST";
  request.url = rude.url();
  request.body = "x";
  request.speaks = true;
  const auto answer = ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Error::Code::unavailable);
  EXPECT_THAT(answer.error().what, Not(HasSubstr("not sent")));
  EXPECT_EQ(rude.requests().size(), 1u) << "never repeated behind our back";
}

TEST_F(Client, CallsACutBodyUnavailable) {
  ScriptedServer server([](const std::string&) {
    return Script{"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this", false};
  });
  EXPECT_EQ(ask(server.url()).error().code, Error::Code::unavailable);
}

TEST_F(Client, CapsTheBodyAsPromisedAsSentAndAsUnpacked) {
  const std::string bomb = gzip(std::string(1 << 20, 'x'));
  ScriptedServer server([&](const std::string& request) {
    if (request.starts_with("GET /promised")) return Script{http_ok(std::string(2000, 'x')), false};
    if (request.starts_with("GET /bomb")) {
      return Script{http_ok(bomb, "Content-Encoding: gzip\r\n"), false};
    }
    return Script{"HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x'), false};
  });
  for (const char* path : {"/promised", "/endless"}) {
    EXPECT_EQ(ask(server.url() + path, 1999).error().code, Error::Code::corrupt) << path;
    EXPECT_TRUE(ask(server.url() + path, 2000)) << path;
  }
  EXPECT_EQ(ask(server.url() + "/bomb", 100'000).error().code, Error::Code::corrupt);
  const auto unpacked = ask(server.url() + "/bomb", 1 << 20);
  ASSERT_TRUE(unpacked);
  EXPECT_EQ(unpacked->body.size(), 1u << 20);
}

TEST_F(Client, TakesLongHeadersButNotEndlessOnes) {
  ScriptedServer server([&](const std::string& request) {
    const std::size_t lines = request.starts_with("GET /endless") ? 400 : 1;
    std::string headers;
    for (std::size_t i = 0; i < lines; ++i) headers += "X-Long: " + std::string(2000, 'h') + "\r\n";
    return Script{http_ok("ok", headers), false};
  });
  const auto answer = ask(server.url());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->header("x-long")->size(), 2000u);
  EXPECT_EQ(ask(server.url() + "/endless").error().code, Error::Code::corrupt);
}

TEST_F(Client, CallsWhatIsNotHttpCorrupt) {
  ScriptedServer server([](const std::string&) {
    return Script{"SSH-2.0-OpenSSH_9.2\r\n", false};
  });
  EXPECT_EQ(ask(server.url()).error().code, Error::Code::corrupt);
}

TEST_F(Client, GivesUpInTimeAndSaysThatTheRequestMayHaveArrived) {
  ScriptedServer hanging([](const std::string&) { return Script{"", true}; });
  Request request;
  request.url = hanging.url();
  request.timeout = std::chrono::milliseconds(200);
  const auto answer = ask(request);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Error::Code::unavailable);
  EXPECT_THAT(answer.error().what, Not(StartsWith(std::string(kNeverSent))));
}

TEST_F(Client, DoesNotLetHangingTargetsDelayOthers) {
  ScriptedServer hanging([](const std::string&) { return Script{"", true}; });
  // It answers once the hanging target holds as many as it may get, long before any of them ends.
  ScriptedServer quick([&hanging](const std::string&) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    while (hanging.most_at_once() < ClientSettings{}.per_host &&
           std::chrono::steady_clock::now() < until) {
      std::this_thread::yield();
    }
    return Script{http_ok("quick"), false};
  });
  Request slow;
  slow.url = hanging.url();
  slow.timeout = std::chrono::seconds(5);
  int hung = 0;
  for (int i = 0; i < 40; ++i) {
    start_on(io_, http_->send(slow), [&](const auto&) { ++hung; });
  }
  int hung_when_answered = -1;
  int held_when_answered = -1;
  Request fast;
  fast.url = quick.url();
  start_on(io_, http_->send(fast), [&](const auto& answer) {
    EXPECT_TRUE(answer);
    hung_when_answered = hung;
    held_when_answered = hanging.most_at_once();
  });
  io_.run();
  EXPECT_EQ(hung_when_answered, 0);
  EXPECT_EQ(hung, 40);
  EXPECT_EQ(held_when_answered, ClientSettings{}.per_host);
}

TEST_F(Client, FailsWhatIsInFlightWhenItEnds) {
  ScriptedServer hanging([](const std::string&) { return Script{"", true}; });
  Request request;
  request.url = hanging.url();
  std::optional<Result<Response>> answer;
  start_on(io_, http_->send(request), [&](Result<Response> got) { answer = std::move(got); });
  io_.poll();
  http_.reset();
  io_.restart();
  io_.run();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->error().code, Error::Code::unavailable);
}

TEST_F(Client, OnlyConnectsWhenTold) {
  ScriptedServer server([](const std::string&) { return Script{http_ok("x"), false}; });
  Request request;
  request.url = server.url();
  request.connect_only = true;
  const auto answer = ask(request);
  ASSERT_TRUE(answer) << answer.error().what;
  EXPECT_EQ(answer->status, 0);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(Client, SaysWhenAFailureMayBeOurOwn) {
  const auto ours = [](const Error& error) { return error.what.ends_with(kMaybeOurs); };
  EXPECT_TRUE(ours(ask("http://" + std::string(70, 'x') + ".invalid/").error()));
  EXPECT_TRUE(ours(ask("http://255.255.255.255/").error())) << "no way leads there";
  ScriptedServer silent([](const std::string&) { return Script{"", true}; });
  Request request;
  request.url = silent.url();
  request.timeout = std::chrono::milliseconds(100);
  EXPECT_FALSE(ours(ask(request).error()));
  ScriptedServer wordy([](const std::string&) { return Script{http_ok("12345"), false}; });
  EXPECT_TRUE(ours(ask(wordy.url(), 4).error())) << "the limit is ours";
}

}  // namespace
}  // namespace signalbox::net
