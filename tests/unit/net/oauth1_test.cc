#include "net/oauth1.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <thread>

#include "net/url.h"
#include "tests/support/shared_material.h"

namespace signalbox::net {
namespace {

const OAuth1Keys kKeys{Secret("xvz1evFS4wEEPTGEFPHBog"),
                       Secret("kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"),
                       Secret("370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"),
                       Secret("LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE")};
const OAuth1Stamp kStamp{"kYjzVBB8Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg", "1318622958"};

std::string signature_in(const std::string& header) {
  const std::string mark = "oauth_signature=\"";
  const std::size_t start = header.find(mark) + mark.size();
  return percent_decode(header.substr(start, header.find('"', start) - start));
}

TEST(OAuth1, ReproducesThePublishedVectors) {
  const std::string text = testing::shared_material("signatures/x_docs_vectors.json");
  if (text.empty()) GTEST_SKIP() << "skipped, because the published vectors are not here";
  for (const auto& vector : nlohmann::json::parse(text)) {
    const auto& all = vector["params"];
    const OAuth1Keys keys{Secret(all["oauth_consumer_key"]), Secret(vector["consumer_secret"]),
                          Secret(all["oauth_token"]), Secret(vector["token_secret"])};
    const std::string url = with_query(vector["url"], {{"include_entities", "true"}});
    const std::string header = sign_oauth1(vector["method"], url, {{"status", all["status"]}}, keys,
                                           {all["oauth_nonce"], all["oauth_timestamp"]});
    EXPECT_EQ(signature_in(header), vector["published_signature"]) << vector["url"];
    EXPECT_TRUE(header.starts_with("OAuth "));
    EXPECT_EQ(header.find("status"), std::string::npos) << "only oauth_ parameters stand in it";
  }
}

TEST(OAuth1, NormalisesHostAndPort) {
  const auto sign = [](const std::string& url) {
    return sign_oauth1("GET", url, {}, kKeys, kStamp);
  };
  EXPECT_EQ(sign("https://API.x.com:443/2/users/1/tweets?a=b"),
            sign("https://api.x.com/2/users/1/tweets?a=b"));
  EXPECT_NE(sign("https://api.x.com:444/"), sign("https://api.x.com/"));
}

TEST(OAuth1, NeverRepeatsANonceAndIsTheSameFromManyThreads) {
  std::vector<std::thread> threads;
  std::vector<std::vector<std::string>> fixed(8);
  std::vector<std::vector<std::string>> fresh(8);
  for (std::size_t t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 200; ++i) {
        fixed[t].push_back(sign_oauth1("GET", "https://h/p?a=1", {}, kKeys, kStamp));
        fresh[t].push_back(sign_oauth1("GET", "https://h/p?a=1", {}, kKeys));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  std::set<std::string> same;
  std::set<std::string> different;
  for (const auto& all : fixed) same.insert(all.begin(), all.end());
  for (const auto& all : fresh) different.insert(all.begin(), all.end());
  EXPECT_EQ(same.size(), 1u);
  EXPECT_EQ(different.size(), 8u * 200u);
}

constexpr const char* kVerifier = R"(
import json, sys
from oauthlib.oauth1 import SignatureOnlyEndpoint, RequestValidator
class Trust(RequestValidator):
    enforce_ssl = False
    client_key_length = nonce_length = access_token_length = (1, 99)
    dummy_client = dummy_access_token = 'dummy'
    def check_client_key(self, k): return True
    def check_nonce(self, n): return True
    def check_access_token(self, t): return True
    def validate_client_key(self, *a): return True
    def validate_timestamp_and_nonce(self, *a, **k): return True
    def validate_access_token(self, *a): return True
    def get_client_secret(self, *a): return KEYS['consumer_secret']
    def get_access_token_secret(self, *a): return KEYS['token_secret']
    timestamp_lifetime = 10**9
KEYS = json.loads(sys.stdin.readline())
for line in sys.stdin:
    r = json.loads(line)
    headers = {'Authorization': r['authorization']}
    if r['body']: headers['Content-Type'] = r['type']
    ok, _ = SignatureOnlyEndpoint(Trust()).validate_request(r['url'], r['method'], r['body'] or None, headers)
    if not ok: sys.exit('refused: ' + line)
)";

std::string whole_requests() {
  const std::string awkward = "Grüße + 100% & \"more\"; a=b ~ 日本語 😀\nnext";
  std::string lines;
  const auto add = [&](const std::string& method, const std::string& url, const Parameters& fields,
                       const std::string& json) {
    const nlohmann::json line = {
        {"method", method},
        {"url", url},
        {"authorization", sign_oauth1(method, url, fields, kKeys)},
        {"body", fields.empty() ? json : form(fields)},
        {"type", fields.empty() ? "application/json" : "application/x-www-form-urlencoded"}};
    lines += line.dump() + "\n";
  };
  add("GET", "https://api.x.com/2/users/1/tweets", {}, "");
  add("GET", with_query("https://api.x.com/2/t", {{"q", awkward}, {"a", ""}, {"a", "2"}}), {}, "");
  add("GET", with_query("http://127.0.0.1:8123/2/t", {{"tweet.fields", "id,text"}}), {}, "");
  add("POST", "https://api.x.com/2/tweets", {}, R"({"text":"API-DOWN: a&b=c"})");
  add("POST", with_query("https://api.x.com/1.1/s.json", {{"x", "y z"}}), {{"status", awkward}},
      "");
  add("DELETE", "https://api.x.com/2/tweets/1", {}, "");
  return lines;
}

TEST(OAuth1, IsAcceptedByAnIndependentVerifier) {
  if (std::system("/usr/bin/python3 -c 'import oauthlib' 2>/dev/null") != 0) {
    GTEST_SKIP() << "skipped, because python3-oauthlib is not installed";
  }
  const std::string script = ::testing::TempDir() + "verify_oauth1.py";
  const std::string input = ::testing::TempDir() + "verify_oauth1.jsonl";
  std::ofstream(script) << kVerifier;
  const nlohmann::json keys = {{"consumer_secret", kKeys.consumer_secret.reveal()},
                               {"token_secret", kKeys.token_secret.reveal()}};
  std::ofstream(input) << keys.dump() << "\n" << whole_requests();
  EXPECT_EQ(std::system(("/usr/bin/python3 " + script + " < " + input).c_str()), 0);
}

}  // namespace
}  // namespace signalbox::net
