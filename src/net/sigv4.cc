#include "net/sigv4.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "net/url.h"

namespace signalbox::net {
namespace {

std::string hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  text.pop_back();
  return text;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size());
  return std::string(digest.begin(), digest.end());
}

std::string hmac(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
  crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()),
                              key.size());
  crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()),
                                text.size());
  crypto_auth_hmacsha256_final(&state, digest.data());
  return std::string(digest.begin(), digest.end());
}

/// `20261121T013000Z`.
std::string compact(Time t) { return replace_all(replace_all(iso_seconds(t), "-", ""), ":", ""); }

/// Host and port as the client sends them: without the scheme's own port.
std::string host_of(std::string_view url) {
  const std::size_t start = url.find("://") + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", start), url.size());
  std::string host = to_lower(url.substr(start, end - start));
  const std::string_view usual = url.starts_with("https") ? ":443" : ":80";
  if (host.ends_with(usual)) host.resize(host.size() - usual.size());
  return host;
}

std::string canonical_query(std::string_view url) {
  Parameters sorted = parse_form(query_of(url));
  std::ranges::sort(sorted);
  return form(sorted);
}

std::map<std::string, std::string> signed_headers(const Request& request) {
  std::map<std::string, std::string> chosen{{"host", host_of(request.url)}};
  for (const auto& [name, value] : request.headers) {
    const std::string low = to_lower(name);
    if (low == "content-type" || low.starts_with("x-amz-")) chosen[low] = std::string(trim(value));
  }
  return chosen;
}

std::string signing_key(const AwsKeys& keys, std::string_view day) {
  const std::string of_day = hmac("AWS4" + keys.secret_key.reveal(), day);
  return hmac(hmac(hmac(of_day, keys.region), keys.service), "aws4_request");
}

}  // namespace

Request signed_v4(Request request, const AwsKeys& keys, Time now) {
  const std::string date = compact(now);
  const std::string day = date.substr(0, 8);
  request.headers.emplace_back("X-Amz-Date", date);
  if (!keys.session_token.empty()) {
    request.headers.emplace_back("X-Amz-Security-Token", keys.session_token.reveal());
  }
  const std::string payload = hex(sha256(request.body));
  if (keys.service == "s3") request.headers.emplace_back("X-Amz-Content-Sha256", payload);
  std::string lines;
  std::vector<std::string> names;
  for (const auto& [name, value] : signed_headers(request)) {
    lines += name + ":" + value + "\n";
    names.push_back(name);
  }
  const std::string listed = join(names, ";");
  const std::string canonical = request.method + "\n" + path_of(request.url) + "\n" +
                                canonical_query(request.url) + "\n" + lines + "\n" + listed + "\n" +
                                payload;
  const std::string scope = day + "/" + keys.region + "/" + keys.service + "/aws4_request";
  const std::string to_sign =
      "AWS4-HMAC-SHA256\n" + date + "\n" + scope + "\n" + hex(sha256(canonical));
  const std::string signature = hex(hmac(signing_key(keys, day), to_sign));
  request.headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=" + keys.access_key +
                                                    "/" + scope + ", SignedHeaders=" + listed +
                                                    ", Signature=" + signature);
  return request;
}

}  // namespace signalbox::net
