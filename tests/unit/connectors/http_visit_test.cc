#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/gzip.h"
#include "tests/support/scripted_server.h"
#include "tests/unit/connectors/checking.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors::http_check {
namespace {

using signalbox::testing::Asked;
using signalbox::testing::Checker;
using signalbox::testing::gzip;
using signalbox::testing::http_ok;
using signalbox::testing::Script;
using signalbox::testing::ScriptedHttp;
using signalbox::testing::ScriptedServer;
using signalbox::testing::word;
using ::testing::AllOf;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

Script to(const std::string& location, int status = 302) {
  return {"HTTP/1.1 " + std::to_string(status) + " x\r\nLocation: " + location +
          "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"};
}

class HttpVisit : public ::testing::Test, protected Checker {
 protected:
  Reading visit(Asked settings) { return poll("http", std::move(settings)).value().readings.at(0); }
  /// One poll whose every request is answered so, without a network.
  Measured scripted(const ScriptedHttp::Answer& answer, Asked settings) {
    ScriptedHttp far(answer);
    auto measured = poll("http", std::move(settings), far).value();
    urls.clear();
    for (const auto& request : far.requests) urls.push_back(request.url);
    return measured;
  }
  std::vector<std::string> urls;
};

TEST_F(HttpVisit, SendsMethodHeadersAndBody) {
  ScriptedServer server([](const std::string&) { return Script{http_ok("")}; });
  EXPECT_EQ(visit({{"url", word(server.url())},
                   {"method", word("PATCH")},
                   {"headers.Content-Type", word("application/json")},
                   {"headers.X-Key", word("k9")},
                   {"user", word("ann")},
                   {"password", word("pw")},
                   {"body", word("{\"a\":1}")}})
                .good,
            1);
  EXPECT_THAT(server.requests(),
              ElementsAre(AllOf(StartsWith("PATCH / "), HasSubstr("\r\nX-Key: k9\r\n"),
                                HasSubstr("Content-Type: application/json"),
                                HasSubstr("Authorization: Basic YW5uOnB3\r\n"),
                                HasSubstr("\r\n\r\n{\"a\":1}"))));
}

TEST_F(HttpVisit, LooksIntoTheBody) {
  ScriptedServer server([](const std::string&) { return Script{http_ok("db: ok, mail: gone")}; });
  const auto found = [&](Asked settings) {
    settings["url"] = word(server.url());
    return visit(std::move(settings));
  };
  EXPECT_EQ(found({{"expect.body", word("db: (ok|fine)")}}).grade, State::up);
  EXPECT_EQ(found({{"expect.body", word("^ok")}}).grade, State::down);
  EXPECT_THAT(found({{"expect.body", word("^ok")}}).why, HasSubstr("lacks"));
  EXPECT_EQ(found({{"expect.absent", word("(?i)GONE")}}).grade, State::down);
  EXPECT_EQ(found({{"expect.absent", word("error")}}).grade, State::up);
}

TEST_F(HttpVisit, CallsAGoodAnswerThatIsSlowAnIssue) {
  const auto after = [this](int ms, int status) {
    return scripted(
               [&](const net::Request&) -> Result<net::Response> {
                 return net::Response{status, {}, "", std::chrono::milliseconds(ms), {}};
               },
               {{"url", word("http://js.test/")}, {"slow_after", word("2s")}})
        .readings.at(0);
  };
  EXPECT_EQ(after(2000, 200).grade, State::up);
  EXPECT_EQ(after(2345, 200).grade, State::issue);
  EXPECT_EQ(after(2345, 200).why, "slow: 2.34 s");
  EXPECT_EQ(after(2345, 200).good, 0);
  EXPECT_EQ(after(2345, 200).latency, std::chrono::milliseconds(2345));
  EXPECT_EQ(after(2345, 500).grade, State::down) << "a bad answer is no better for being slow";
}

TEST_F(HttpVisit, FollowsAsManyRedirectsAsItIsTold) {
  ScriptedServer server([](const std::string& request) {
    const int n = request[5] - '0';
    return n == 0 ? Script{http_ok("home")} : to("/" + std::to_string(n - 1));
  });
  const auto found = [&](const char* start, const char* redirects) {
    return visit({{"url", word(server.url() + start)},
                  {"redirects", word(redirects)},
                  {"expect.body", word("home")}});
  };
  EXPECT_EQ(found("/0", "0").grade, State::up);
  EXPECT_EQ(found("/2", "2").grade, State::up);
  EXPECT_EQ(found("/3", "2").grade, State::down);
  EXPECT_EQ(found("/3", "2").why, "more than 2 redirects");
  EXPECT_EQ(found("/1", "0").why, "the answer lacks what is expected in it");
}

TEST_F(HttpVisit, NeverTakesAKeyToAnotherHost) {
  ScriptedServer other([](const std::string&) { return Script{http_ok("home")}; });
  ScriptedServer home([&](const std::string& request) {
    return request.find(" /start ") != std::string::npos ? to("/next", 307)
                                                         : to(other.url() + "/there", 302);
  });
  const auto found = visit({{"url", word(home.url() + "/start")},
                            {"method", word("POST")},
                            {"body", word("hush-body")},
                            {"token", word("hush-token")},
                            {"headers.Cookie", word("sid=hush-cookie")},
                            {"headers.X-Key", word("hush-key")},
                            {"redirects", word("3")}});
  EXPECT_EQ(found.grade, State::up) << found.why;
  ASSERT_THAT(home.requests(), SizeIs(2));
  EXPECT_THAT(home.requests(), Each(AllOf(HasSubstr("hush-body"), HasSubstr("hush-token"),
                                          HasSubstr("hush-cookie"), HasSubstr("hush-key"))));
  EXPECT_THAT(other.requests(),
              ElementsAre(AllOf(StartsWith("GET /there "), Not(HasSubstr("hush")))));
}

TEST_F(HttpVisit, TakesNoBodyToAnotherHost) {
  ScriptedServer other([](const std::string&) { return Script{http_ok("")}; });
  ScriptedServer home([&](const std::string&) { return to(other.url(), 307); });
  const auto found = visit({{"url", word(home.url())},
                            {"method", word("POST")},
                            {"body", word("hush-body")},
                            {"redirects", word("3")}});
  EXPECT_EQ(found.grade, State::down);
  EXPECT_THAT(found.why, HasSubstr("would take the body to another host"));
  EXPECT_THAT(other.requests(), IsEmpty());
}

TEST_F(HttpVisit, TellsNoSecretThatTheFarSideGivesBack) {
  const auto measured = scripted(
      [](const net::Request& request) -> Result<net::Response> {
        if (request.url == "http://js.test/") {
          return net::Response{302, {{"location", "http://else.test/hush-token/hush-key"}}, ""};
        }
        return unavailable("GET " + request.url + ": lost" + std::string(net::kMaybeOurs));
      },
      {{"url", word("http://js.test/")},
       {"token", word("hush-token")},
       {"headers.X", word("hush-key")},
       {"redirects", word("1")}});
  EXPECT_THAT(measured.readings, IsEmpty());
  EXPECT_THAT(measured.complaints, ElementsAre(Not(HasSubstr("hush"))));
}

TEST_F(HttpVisit, SharesOneTimeoutAmongItsHops) {
  std::vector<Duration> allowed;
  const auto measured = scripted(
      [&](const net::Request& request) -> Result<net::Response> {
        allowed.push_back(request.timeout);
        clock.advance(std::chrono::seconds(3));
        return net::Response{302, {{"location", "/on"}}, ""};
      },
      {{"url", word("http://js.test/")}, {"redirects", word("9")}, {"timeout", word("8s")}});
  EXPECT_THAT(allowed, ElementsAre(std::chrono::seconds(8), std::chrono::seconds(5),
                                   std::chrono::seconds(2)));
  EXPECT_EQ(measured.readings.at(0).why, "redirects took all the time allowed");
}

TEST_F(HttpVisit, ReadsNoMoreThanItsMostBytes) {
  const std::string bomb = gzip(std::string(8 << 20, 'x'));
  ASSERT_LT(bomb.size(), 20'000U);
  ScriptedServer server(
      [&](const std::string&) { return Script{http_ok(bomb, "Content-Encoding: gzip\r\n")}; });
  const auto measured =
      poll("http", {{"url", word(server.url())}, {"most_bytes", word("100000")}}).value();
  EXPECT_THAT(measured.readings, IsEmpty()) << "our limit, not their trouble";
  EXPECT_THAT(measured.complaints, ElementsAre(AllOf(HasSubstr("longer than 100000 bytes"),
                                                     HasSubstr("raise most_bytes"))));
  EXPECT_EQ(visit({{"url", word(server.url())}, {"most_bytes", word("8388608")}}).grade, State::up);
}

TEST_F(HttpVisit, MakesAConnectionOfItsOwnUnlessToldToKeepIt) {
  ScriptedServer server([](const std::string&) { return Script{http_ok("")}; });
  visit({{"url", word(server.url())}});
  visit({{"url", word(server.url())}, {"keep_alive", word("true")}});
  ASSERT_THAT(server.requests(), SizeIs(2));
  EXPECT_THAT(server.requests()[0], HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(server.requests()[1], Not(HasSubstr("Connection: close")));
}

TEST_F(HttpVisit, TellsOnceOfACertificateThatEndsSoon) {
  std::optional<Time> ends = clock.now() + std::chrono::hours(24 * 13 + 5);
  ScriptedHttp far([&](const net::Request& request) -> Result<net::Response> {
    EXPECT_TRUE(request.about_certificate);
    return net::Response{200, {}, "", {}, ends};
  });
  const auto setup = signalbox::testing::check_setup(
      {{"url", word("https://js.test/x?key=1")}, {"certificate_expires", word("14d")}});
  const auto check = check_kind("http")->make(setup, {far, pause, clock});
  const auto poll_once = [&] { return signalbox::testing::run_on(io, check->poll("")).value(); };
  const Measured first = poll_once();
  EXPECT_THAT(first.complaints, IsEmpty());
  ASSERT_EQ(first.notices.size(), 1u);
  EXPECT_EQ(first.notices[0].key, "the certificate of https://js.test:443 2026-12-04T09:00:00Z");
  EXPECT_EQ(first.notices[0].text,
            "the certificate of https://js.test:443 ends in 13 days, at 2026-12-04T09:00:00Z");
  EXPECT_EQ(first.readings.at(0).grade, State::up) << "never a change of state";
  EXPECT_THAT(poll_once().notices, IsEmpty()) << "told once";
  ends = std::nullopt;  // a connection that was there before
  EXPECT_THAT(poll_once().notices, IsEmpty());
  ends = clock.now() + std::chrono::hours(24 * 90);
  EXPECT_THAT(poll_once().notices, IsEmpty()) << "renewed";
  ends = clock.now() + std::chrono::hours(30);
  const auto another = poll_once().notices;
  ASSERT_EQ(another.size(), 1u);
  EXPECT_THAT(another[0].text, HasSubstr("ends in 1 day,"));
}

}  // namespace
}  // namespace signalbox::connectors::http_check
