#include "net/oauth1.h"

#include <oauth.h>

#include <cstddef>  // oauth.h uses size_t without saying so
#include <cstdlib>
#include <memory>
#include <mutex>

#include "base/text.h"
#include "net/url.h"

namespace signalbox::net {
namespace {

struct Free {
  void operator()(char* text) const { std::free(text); }
};
using Text = std::unique_ptr<char, Free>;

/// The parameters of one request, in the array liboauth works on and frees.
class Parts {
 public:
  explicit Parts(const std::string& url) {
    count_ = oauth_split_url_parameters(url.c_str(), &all_);
  }
  ~Parts() { oauth_free_array(&count_, &all_); }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void add(const std::string& name, const std::string& value) {
    oauth_add_param_to_array(&count_, &all_, (name + "=" + value).c_str());
  }
  void sign(const std::string& method, const OAuth1Keys& keys) {
    oauth_sign_array2_process(&count_, &all_, nullptr, OA_HMAC, method.c_str(),
                              keys.consumer_key.reveal().c_str(),
                              keys.consumer_secret.reveal().c_str(), keys.token.reveal().c_str(),
                              keys.token_secret.reveal().c_str());
  }
  /// The `oauth_…` parameters as the header holds them.
  std::string header() {
    constexpr int kOnlyOAuth = 2;
    constexpr int kQuoted = 4;
    const Text text(
        oauth_serialize_url_sep(count_, 1, all_, const_cast<char*>(", "), kOnlyOAuth | kQuoted));
    return "OAuth " + std::string(text.get());
  }

 private:
  int count_ = 0;
  char** all_ = nullptr;
};

/// The signature is over the host in lower case and without a scheme's own port (RFC
/// 5849, 3.4.1.2).
std::string normalised(const std::string& url) {
  const std::size_t start = url.find("://");
  if (start == std::string::npos) return url;
  const std::size_t end = std::min(url.find_first_of("/?#", start + 3), url.size());
  std::string authority = to_lower(std::string_view(url).substr(0, end));
  const bool secure = authority.starts_with("https://");
  const std::string_view own_port = secure ? ":443" : ":80";
  if (authority.ends_with(own_port)) authority.resize(authority.size() - own_port.size());
  const std::string rest = url.substr(end, url.find('#') - end);
  return authority + (rest.starts_with('/') ? "" : "/") + rest;
}

std::string oauth_nonce() {
  const Text nonce(oauth_gen_nonce());
  return nonce.get();
}

}  // namespace

std::string sign_oauth1(const std::string& method, const std::string& url, const Parameters& form,
                        const OAuth1Keys& keys, const OAuth1Stamp& stamp) {
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  // liboauth reads `+` in a query as itself: spaces must reach it as %20.
  Parts parts(replace_all(normalised(url), "+", "%20"));
  for (const auto& [name, value] : form) parts.add(name, value);
  parts.add("oauth_nonce", stamp.nonce.empty() ? oauth_nonce() : stamp.nonce);
  if (!stamp.timestamp.empty()) parts.add("oauth_timestamp", stamp.timestamp);
  parts.sign(method, keys);
  return parts.header();
}

}  // namespace signalbox::net
