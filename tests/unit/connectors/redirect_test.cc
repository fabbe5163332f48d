#include "connectors/http_check/redirect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/origin.h"

namespace signalbox::connectors::http_check {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

net::Request sent(std::string method, std::string url = "https://js.test/a/b?key=1") {
  net::Request request;
  request.method = std::move(method);
  request.url = std::move(url);
  request.headers = {{"Authorization", "Bearer hush"},
                     {"Cookie", "hush=1"},
                     {"X-Key", "hush"},
                     {"Content-Type", "application/json"},
                     {"Connection", "close"}};
  if (request.method == "POST" || request.method == "PUT") request.body = "hush";
  return request;
}

net::Response answer(int status, std::string location) {
  return {status, {{"location", std::move(location)}}, ""};
}

Result<net::Request> led(const net::Request& request, int status, std::string location,
                         bool to_http = false) {
  return follow(request, answer(status, std::move(location)), to_http);
}

TEST(Redirect, IsOneOfFiveWithALocation) {
  for (const int status : {301, 302, 303, 307, 308}) EXPECT_TRUE(leads_on(answer(status, "/x")));
  for (const int status : {200, 300, 304, 305, 404}) EXPECT_FALSE(leads_on(answer(status, "/x")));
  EXPECT_FALSE(leads_on({302, {}, ""}));
}

TEST(Redirect, KeepsOrChangesTheMethodByItsStatus) {
  struct Row {
    int status;
    std::string method;
    std::string then;
  };
  const std::vector<Row> table{
      {301, "GET", "GET"},   {302, "HEAD", "HEAD"}, {303, "HEAD", "HEAD"},     {303, "POST", "GET"},
      {303, "PUT", "GET"},   {301, "POST", "GET"},  {302, "POST", "GET"},      {301, "PUT", "PUT"},
      {307, "POST", "POST"}, {308, "POST", "POST"}, {302, "DELETE", "DELETE"},
  };
  for (const Row& row : table) {
    const auto next = led(sent(row.method), row.status, "/c").value();
    EXPECT_EQ(next.method, row.then) << row.status << row.method;
    const bool kept = row.then == row.method && !sent(row.method).body.empty();
    EXPECT_EQ(next.body, kept ? "hush" : "") << row.status << row.method;
    const bool typed = std::ranges::any_of(
        next.headers, [](const auto& header) { return header.first == "Content-Type"; });
    EXPECT_EQ(typed, row.then == row.method && row.status != 303) << row.status << row.method;
  }
}

TEST(Redirect, LeadsWhereTheLocationSays) {
  const auto target = [](const std::string& location) {
    return led(sent("GET"), 302, location).value().url;
  };
  EXPECT_EQ(target("c"), "https://js.test/a/c");
  EXPECT_EQ(target("/c?d=1#e"), "https://js.test/c?d=1");
  EXPECT_EQ(target("../c"), "https://js.test/c");
  EXPECT_EQ(target("//else.test/c"), "https://else.test/c");
  EXPECT_EQ(target("https://ann:pw@js.test/c"), "https://js.test/c");
  EXPECT_EQ(target("HTTPS://JS.test:443/c d").substr(8), "JS.test:443/c%20d");
  for (const char* nowhere : {"ftp://js.test/", "javascript:alert(1)", "http://", "file:///etc"}) {
    EXPECT_FALSE(led(sent("GET"), 302, nowhere, true)) << nowhere;
  }
}

TEST(Redirect, TakesKeysAlongWithinOneOriginOnly) {
  for (const char* same : {"/c", "https://js.test/c", "https://JS.TEST:443/c"}) {
    EXPECT_EQ(led(sent("GET"), 302, same).value().headers.size(), 5U) << same;
  }
  for (const char* other : {"https://else.test/", "https://js.test:444/", "//js.test.evil.test/",
                            "https://js.test@evil.test/", "https://sub.js.test/"}) {
    const auto next = led(sent("GET"), 302, other).value();
    ASSERT_EQ(next.headers.size(), 1U) << other;
    EXPECT_EQ(next.headers[0].first, "Connection");
    const auto back = led(next, 302, "https://js.test/").value();
    EXPECT_EQ(back.headers.size(), 1U) << "not even back home";
  }
}

TEST(Redirect, TakesNoBodyToAnotherOrigin) {
  EXPECT_THAT(led(sent("POST"), 307, "https://else.test/").error().what, HasSubstr("body"));
  EXPECT_THAT(led(sent("POST"), 302, "https://else.test/").value().body, IsEmpty());
  EXPECT_EQ(led(sent("POST"), 308, "/c").value().body, "hush");
}

TEST(Redirect, LeavesHttpsOnlyWhenSaid) {
  const auto refused = led(sent("GET"), 302, "http://js.test/");
  EXPECT_THAT(refused.error().what, HasSubstr("from https to http"));
  EXPECT_THAT(refused.error().what, Not(HasSubstr("js.test")));
  const auto allowed = led(sent("GET"), 302, "http://js.test/", true).value();
  EXPECT_EQ(allowed.url, "http://js.test/");
  EXPECT_EQ(allowed.headers.size(), 1U) << "another scheme is another origin";
  EXPECT_TRUE(led(sent("GET", "http://js.test/"), 301, "https://js.test/"));
}

TEST(Origin, IsSchemeHostAndPort) {
  EXPECT_EQ(net::origin_of("https://JS.test/x"), "https://js.test:443");
  EXPECT_EQ(net::origin_of("http://js.test:8080"), "http://js.test:8080");
  EXPECT_EQ(net::origin_of("http://[::1]/"), "http://[::1]:80");
  EXPECT_EQ(net::origin_of("ftp://js.test/"), std::nullopt);
  EXPECT_EQ(net::origin_of("js"), std::nullopt);
}

}  // namespace
}  // namespace signalbox::connectors::http_check
