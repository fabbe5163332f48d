#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_server.h"
#include "tests/unit/connectors/checking.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors::http_check {
namespace {

using signalbox::testing::Asked;
using signalbox::testing::Checker;
using signalbox::testing::http_ok;
using signalbox::testing::Script;
using signalbox::testing::ScriptedHttp;
using signalbox::testing::ScriptedServer;
using signalbox::testing::word;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class HttpCheck : public ::testing::Test, protected Checker {
 protected:
  /// Whether an answer of this status is good to a check with these settings.
  bool good_with(const std::string& status, Asked settings = {}) {
    ScriptedServer server([&](const std::string&) {
      return Script{"HTTP/1.1 " + status + " x\r\nLocation: /else\r\nContent-Length: 0\r\n\r\n"};
    });
    settings["url"] = word(server.url() + "/health?key=s3cret");
    return good("http", std::move(settings));
  }
  /// What a check makes of a request that failed so.
  Result<Measured> failing_with(const Error& error) {
    ScriptedHttp scripted([&](const net::Request&) -> Result<net::Response> { return error; });
    return poll("http", {{"url", word("http://js.test/")}}, scripted);
  }
};

TEST_F(HttpCheck, MakesOneReadingOfOneTry) {
  ScriptedServer server([](const std::string&) { return Script{http_ok("fine")}; });
  const auto measured = poll("http", {{"url", word(server.url() + "/health")}}).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  const Reading& reading = measured.readings[0];
  EXPECT_EQ(reading.source, "JS/check/1");
  EXPECT_EQ(reading.service, "JS");
  EXPECT_EQ(reading.instant, clock.now());
  EXPECT_EQ(reading.good, 1);
  EXPECT_EQ(reading.total, 1);
  EXPECT_TRUE(reading.check);
  EXPECT_GT(reading.latency.value(), Duration::zero());
  EXPECT_LT(reading.latency.value(), std::chrono::seconds(10));
  EXPECT_THAT(measured.complaints, IsEmpty());
  EXPECT_THAT(server.requests(), ElementsAre(StartsWith("GET /health HTTP/1.1\r\n")));
}

TEST_F(HttpCheck, TakesAPageOrARedirectForGoodUnlessTold) {
  for (const char* status : {"200", "204", "302", "399"}) EXPECT_TRUE(good_with(status)) << status;
  for (const char* status : {"400", "404", "429", "500", "503"}) {
    EXPECT_FALSE(good_with(status)) << status;
  }
}

TEST_F(HttpCheck, ExpectsTheStatusItIsTold) {
  const Asked one{{"expect.status", word("200")}};
  EXPECT_TRUE(good_with("200", one));
  EXPECT_FALSE(good_with("204", one));
  EXPECT_FALSE(good_with("302", one));
  const Asked list{{"expect.status", {"", {"401", "403"}, 3, 7}}};
  EXPECT_TRUE(good_with("403", list));
  EXPECT_FALSE(good_with("200", list));
  const Asked ranges{{"expect.status", {"", {"2xx", "401-403"}, 3, 7}}};
  for (const char* fine : {"200", "299", "401", "402", "403"}) EXPECT_TRUE(good_with(fine, ranges));
  for (const char* wrong : {"300", "400", "404"}) EXPECT_FALSE(good_with(wrong, ranges));
}

TEST_F(HttpCheck, AsksByHeadWhenTold) {
  ScriptedServer server(
      [](const std::string&) { return Script{"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"}; });
  EXPECT_TRUE(good("http", {{"url", word(server.url())}, {"method", word("HEAD")}}));
  EXPECT_THAT(server.requests(), ElementsAre(StartsWith("HEAD / ")));
}

TEST_F(HttpCheck, TakesSilenceNonsenseAndARefusalForFailedTries) {
  ScriptedServer silent([](const std::string&) { return Script{"", true}; });
  const Asked impatient{{"url", word(silent.url())}, {"timeout", word("200ms")}};
  EXPECT_FALSE(good("http", impatient));
  ScriptedServer nonsense([](const std::string&) { return Script{"hello\r\n"}; });
  EXPECT_FALSE(good("http", {{"url", word(nonsense.url())}}));
  ScriptedServer hasty([](const std::string&) { return Script{""}; });
  EXPECT_FALSE(good("http", {{"url", word(hasty.url())}}));
  auto gone = std::make_unique<ScriptedServer>([](const std::string&) { return Script{}; });
  const std::string nobody = gone->url();
  gone.reset();
  const auto measured = poll("http", {{"url", word(nobody)}}).value();
  EXPECT_EQ(measured.readings.at(0).good, 0);
  EXPECT_EQ(measured.readings.at(0).latency, std::nullopt);
}

TEST_F(HttpCheck, HoldsNothingAgainstTheServiceThatMayBeOurTrouble) {
  const auto measured =
      failing_with(unavailable("not sent: GET http://js.test/: Couldn't resolve host name" +
                               std::string(net::kMaybeOurs)))
          .value();
  EXPECT_THAT(measured.readings, IsEmpty());
  EXPECT_THAT(measured.complaints, ElementsAre(StartsWith("not sent: GET http://js.test/")));
  EXPECT_EQ(failing_with(unavailable("not sent: refused"))->readings.size(), 1U);
  EXPECT_EQ(failing_with(corrupt("not HTTP"))->readings.size(), 1U);
  EXPECT_EQ(failing_with(invalid("no URL")).error().code, Error::Code::invalid);
}

TEST_F(HttpCheck, FindsNoFaultWhereNoNameOrWayLeads) {
  const std::string no_name =
      "http://" + std::string(70, 'x') + ".invalid/";  // no look-up goes out
  for (const std::string& url : {no_name, std::string("http://255.255.255.255/")}) {
    const auto measured = poll("http", {{"url", word(url)}}).value();
    EXPECT_THAT(measured.readings, IsEmpty()) << url;
    EXPECT_EQ(measured.complaints.size(), 1U) << url;
  }
}

TEST_F(HttpCheck, RefusesWhatContradictsItself) {
  const auto refused = [this](Asked settings) {
    settings.emplace("url", word("http://js.test/"));
    return mistakes("http", std::move(settings));
  };
  EXPECT_THAT(refused({{"method", word("HEAD")}, {"body", word("x")}}),
              ElementsAre(HasSubstr("body is not sent with HEAD")));
  EXPECT_THAT(refused({{"method", word("HEAD")}, {"expect.body", word("x")}}),
              ElementsAre(HasSubstr("HEAD has not")));
  EXPECT_THAT(refused({{"certificate_expires", word("14d")}}),
              ElementsAre(HasSubstr("needs a url of https")));
  EXPECT_THAT(refused({{"token", word("t")}, {"headers.authorization", word("x")}}),
              ElementsAre(HasSubstr("either this header")));
}

TEST_F(HttpCheck, TellsMistakesOfItsSettings) {
  const auto refused = [this](const char* key, Setting value) {
    Asked settings{{"url", word("https://js.acme.example/health")}};
    settings[key] = std::move(value);
    return mistakes("http", settings);
  };
  EXPECT_THAT(refused("expect.status", word("200")), IsEmpty());
  EXPECT_THAT(refused("timeout", word("2s")), IsEmpty());
  EXPECT_THAT(mistakes("http", {}), ElementsAre("0: url is missing"));
  EXPECT_THAT(refused("url", word("js.acme.example")), ElementsAre(HasSubstr("3: url must begin")));
  EXPECT_THAT(refused("expect.status", word("OK")), ElementsAre(HasSubstr("from 100 to 599")));
  EXPECT_THAT(refused("expect.status", word("20")), ElementsAre(HasSubstr("from 100 to 599")));
  for (const char* wrong : {"99-200", "300-200", "2xy", "6xx", "200-", "-200", "200 - x"}) {
    EXPECT_THAT(refused("expect.status", word(wrong)), ElementsAre(HasSubstr("2xx"))) << wrong;
  }
  EXPECT_THAT(refused("method", word("get")), ElementsAre(HasSubstr("must be GET, HEAD, POST")));
  EXPECT_THAT(refused("expect.body", word("(")), ElementsAre(HasSubstr("pattern of RE2")));
  EXPECT_THAT(refused("redirects", word("11")), ElementsAre(HasSubstr("from 0 to 10")));
  EXPECT_THAT(refused("most_bytes", word("10")), ElementsAre(HasSubstr("from 1024 to")));
  EXPECT_THAT(refused("slow_after", word("10s")), ElementsAre(HasSubstr("below the timeout, 10s")));
  EXPECT_THAT(refused("slow_after", word("0s")), ElementsAre(HasSubstr("above 0s")));
  EXPECT_THAT(refused("certificate_expires", word("1m")),
              ElementsAre(HasSubstr("from 1h to 366d")));
  EXPECT_THAT(refused("headers.Content-Length", word("9")), ElementsAre(HasSubstr("Signalbox")));
  EXPECT_THAT(refused("headers.a b", word("9")), ElementsAre(HasSubstr("is no header")));
  EXPECT_THAT(refused("headers.X", word("hush\nY: z")),
              ElementsAre(AllOf(HasSubstr("is no header"), Not(HasSubstr("hush")))));
  EXPECT_THAT(refused("keep_alive", word("yes")), ElementsAre(HasSubstr("neither true nor false")));
  EXPECT_THAT(refused("ca_file", word("none.pem")), ElementsAre(HasSubstr("cannot be read")));
  EXPECT_THAT(refused("url", word("https://ann:hush@js.test/")),
              ElementsAre(AllOf(HasSubstr("must not hold a user"), Not(HasSubstr("hush")))));
  EXPECT_THAT(refused("timeout", word("0s")), ElementsAre(HasSubstr("from 100ms to 1m")));
  EXPECT_THAT(refused("timeout", word("soon")), ElementsAre(HasSubstr("is not a duration")));
}

}  // namespace
}  // namespace signalbox::connectors::http_check
