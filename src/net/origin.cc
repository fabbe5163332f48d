#include "net/origin.h"

#include <curl/curl.h>

#include <memory>

#include "base/text.h"

namespace signalbox::net {
namespace {

struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(char* text) const { curl_free(text); }
};
using Url = std::unique_ptr<CURLU, FreeUrl>;

std::optional<std::string> part(const Url& url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return std::nullopt;
  return std::string(std::unique_ptr<char, FreeUrl>(text).get());
}

bool is_web(const Url& url) {
  const auto scheme = part(url, CURLUPART_SCHEME);
  return scheme == "http" || scheme == "https";
}

}  // namespace

std::optional<std::string> origin_of(const std::string& url) {
  const Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return std::nullopt;
  if (!is_web(parsed)) return std::nullopt;
  const auto host = part(parsed, CURLUPART_HOST);
  const auto port = part(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (!host || !port) return std::nullopt;
  return *part(parsed, CURLUPART_SCHEME) + "://" + to_lower(*host) + ":" + *port;
}

std::optional<std::string> resolve(const std::string& base, const std::string& reference) {
  const Url parsed(curl_url());
  if (curl_url_set(parsed.get(), CURLUPART_URL, base.c_str(), 0) != CURLUE_OK) return std::nullopt;
  const auto led = curl_url_set(parsed.get(), CURLUPART_URL, reference.c_str(), CURLU_URLENCODE);
  if (led != CURLUE_OK || !is_web(parsed)) return std::nullopt;
  curl_url_set(parsed.get(), CURLUPART_USER, nullptr, 0);
  curl_url_set(parsed.get(), CURLUPART_PASSWORD, nullptr, 0);
  curl_url_set(parsed.get(), CURLUPART_FRAGMENT, nullptr, 0);
  return part(parsed, CURLUPART_URL);
}

}  // namespace signalbox::net
