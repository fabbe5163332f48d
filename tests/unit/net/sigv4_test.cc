#include "net/sigv4.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/shared_material.h"

namespace signalbox::net {
namespace {

std::string header_of(const Request& request, std::string_view name) {
  for (const auto& [key, value] : request.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(SignatureV4, EqualsTheRecordedVector) {
  const std::string text =
      signalbox::testing::shared_material("captures/sigv4-cloudwatch-vector.json");
  if (text.empty()) GTEST_SKIP() << "skipped, because the shared data is not here";
  const auto vector = nlohmann::json::parse(text);
  Request request;
  request.method = "POST";
  const auto text_of = [&](const char* key) { return vector[key].get<std::string>(); };
  const auto expected = [&](const char* name) {
    return vector["headers"][name].get<std::string>();
  };
  request.url = text_of("url");
  request.body = text_of("body");
  request.headers = {{"Content-Type", expected("Content-Type")}};
  const AwsKeys keys{text_of("access_key"),
                     Secret(text_of("secret_key")),
                     {},
                     text_of("region"),
                     text_of("service")};
  const Request ready = signed_v4(std::move(request), keys, *parse_iso("2026-11-21T01:30:00Z"));
  EXPECT_EQ(header_of(ready, "X-Amz-Date"), expected("X-Amz-Date"));
  EXPECT_EQ(header_of(ready, "Authorization"), expected("Authorization"));
}

// The worked example of Amazon's own documentation: listing users, signed for IAM.
TEST(SignatureV4, EqualsTheDocumentedExample) {
  Request request;
  request.url = "https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  const AwsKeys keys{
      "AKIDEXAMPLE", Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"), {}, "us-east-1", "iam"};
  const Request ready = signed_v4(std::move(request), keys, *parse_iso("2015-08-30T12:36:00Z"));
  EXPECT_NE(header_of(ready, "Authorization")
                .find("Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"),
            std::string::npos);
}

TEST(SignatureV4, SignsThePortAndATokenAlongAndSendsNoSecret) {
  Request request;
  request.url = "http://127.0.0.1:4566/";
  const AwsKeys keys{"ID", Secret("hush"), Secret("session"), "eu-west-1", "monitoring"};
  const Request other = [&] {
    Request at_another_port = request;
    at_another_port.url = "http://127.0.0.1:4567/";
    return signed_v4(std::move(at_another_port), keys, Time{});
  }();
  const Request ready = signed_v4(std::move(request), keys, Time{});
  EXPECT_NE(header_of(ready, "Authorization"), header_of(other, "Authorization"));
  EXPECT_EQ(header_of(ready, "X-Amz-Security-Token"), "session");
  EXPECT_NE(header_of(ready, "Authorization").find("host;x-amz-date;x-amz-security-token"),
            std::string::npos);
  for (const auto& [name, value] : ready.headers) EXPECT_EQ(value.find("hush"), std::string::npos);
}

}  // namespace
}  // namespace signalbox::net
