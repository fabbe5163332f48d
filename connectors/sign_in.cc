#include "connectors/sign_in.h"

#include <cstdint>

namespace signalbox::connectors {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t have = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t three = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      three = (three << 8) | (j < have ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += j <= have ? kAlphabet[(three >> (18 - 6 * j)) & 63U] : '=';
    }
  }
  return out;
}

net::Headers sign_in(const Settings& settings) {
  const Secret token = settings.secret("token");
  const std::string user = settings.text("user");
  const Secret password = settings.secret("password");
  if (!token.empty() && !user.empty())
    settings.refuse("user", "either token, or user and password");
  if (user.empty() && !password.empty()) settings.refuse("password", "needs a user");
  if (!token.empty()) return {{"Authorization", "Bearer " + token.reveal()}};
  if (user.empty()) return {};
  return {{"Authorization", "Basic " + base64(user + ":" + password.reveal())}};
}

}  // namespace signalbox::connectors
