#include "net/backoff.h"

#include <gtest/gtest.h>

#include "net/http_date.h"

namespace signalbox::net {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Time kNow = *parse_iso("2026-11-21T04:00:00Z");

TEST(Backoff, DoublesWithJitterUpToItsBound) {
  for (std::uint64_t random = 0; random < 2000; random += 7) {
    EXPECT_GE(backoff(1, {}, random), Duration(500));
    EXPECT_LE(backoff(1, {}, random), Duration(1000));
    EXPECT_GE(backoff(3, {}, random), seconds(2));
    EXPECT_LE(backoff(3, {}, random), seconds(4));
    EXPECT_GE(backoff(1000, {}, random), Duration(minutes(5)) / 2);
    EXPECT_LE(backoff(1000, {}, random), minutes(5));
  }
}

TEST(Backoff, IsNeverShorterThanTold) {
  const Error told = rate_limited("x", minutes(15));
  EXPECT_EQ(backoff(1, told, 12345), minutes(15));
  EXPECT_GE(backoff(9, rate_limited("x", Duration(1)), 0, seconds(1)), Duration(minutes(4)) / 2);
}

struct Wait {
  Headers headers;
  std::string body;
  std::optional<Duration> expected;
};

TEST(RetryAfter, ReadsEveryFormTheNetworksUse) {
  const Wait kTable[] = {
      {{{"retry-after", "30"}}, "", seconds(30)},
      {{{"retry-after", "1.5"}}, "", Duration(1500)},
      {{{"retry-after", "Sat, 21 Nov 2026 04:02:00 GMT"}}, "", minutes(2)},
      {{{"retry-after", "Sat, 21 Nov 2026 03:00:00 GMT"}}, "", Duration(0)},
      {{{"retry-after", "999999"}}, "", hours(24)},
      {{{"retry-after", "-5"}}, "", std::nullopt},
      {{{"retry-after", "soon"}}, "", std::nullopt},
      {{{"retry-after", "nan"}}, "", std::nullopt},
      {{{"x-rate-limit-reset", "1795233660"}}, "", minutes(1)},
      {{{"x-ratelimit-reset", "2026-11-21T04:05:00.000100Z"}}, "", minutes(5)},
      {{{"x-ratelimit-reset", "17"}}, "", seconds(17)},
      {{}, R"({"retry_after": 2.5})", Duration(2500)},
      {{}, R"({"retry_after": "2"})", std::nullopt},
      {{}, "<html>", std::nullopt},
      {{}, "", std::nullopt},
  };
  for (const Wait& wait : kTable) {
    const Response response{429, wait.headers, wait.body};
    EXPECT_EQ(retry_after(response, kNow), wait.expected)
        << (wait.headers.empty() ? wait.body : wait.headers[0].second);
  }
}

TEST(HttpDate, ReadsOnlyTheFormSendersMustUse) {
  EXPECT_EQ(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), parse_iso("1994-11-06T08:49:37Z"));
  for (const char* wrong : {"", "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 32 Nov 1994 08:49:37 GMT",
                            "Sun, 06 Nox 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
                            "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, -6 Nov 1994 08:49:37 GMT"}) {
    EXPECT_EQ(parse_http_date(wrong), std::nullopt) << wrong;
  }
}

TEST(Refusal, SaysWhatTheCallerCanDo) {
  const std::pair<int, Error::Code> kTable[] = {
      {301, Error::Code::invalid},      {400, Error::Code::invalid},
      {401, Error::Code::unauthorized}, {403, Error::Code::unauthorized},
      {404, Error::Code::invalid},      {408, Error::Code::unavailable},
      {422, Error::Code::invalid},      {429, Error::Code::rate_limited},
      {500, Error::Code::unavailable},  {503, Error::Code::unavailable},
  };
  for (const auto& [status, code] : kTable) {
    const Error error =
        refusal({status, {{"retry-after", "7"}}, "secret"}, "mastodon: reading", kNow);
    EXPECT_EQ(error.code, code) << status;
    EXPECT_EQ(error.retry_after.has_value(), status == 429 || status == 503) << status;
    EXPECT_TRUE(error.what.starts_with("mastodon: reading"));
    EXPECT_EQ(error.what.find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace signalbox::net
