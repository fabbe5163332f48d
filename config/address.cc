#include "config/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace signalbox::config {
namespace {

bool is_ip(int family, const std::string& text) {
  in6_addr room{};  // large enough for either family
  return inet_pton(family, text.c_str(), &room) == 1;
}

std::optional<int> whole_number(std::string_view text, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
  if (value < 0 || value > most || text.front() == '-') return {};
  return value;
}

bool is_host(std::string_view host) {
  if (host.starts_with('[')) {
    return host.ends_with(']') && is_ip(AF_INET6, std::string(host.substr(1, host.size() - 2)));
  }
  const bool clean = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
  });
  return !host.empty() && clean && host.front() != '.' && host.front() != '-';
}

}  // namespace

std::optional<Listen> listen_from(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto port = whole_number(text.substr(colon + 1), 65535);
  std::string host(text.substr(0, colon));
  if (host == "localhost") host = "127.0.0.1";
  const bool brackets = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (brackets) host = host.substr(1, host.size() - 2);
  if (!port || !is_ip(brackets ? AF_INET6 : AF_INET, host)) return std::nullopt;
  return Listen{std::move(host), *port};
}

std::string to_text(const Listen& listen) {
  const bool six = listen.host.find(':') != std::string::npos;
  return (six ? "[" + listen.host + "]" : listen.host) + ":" + std::to_string(listen.port);
}

bool is_loopback(const Listen& listen) {
  return listen.host.starts_with("127.") || listen.host == "::1";
}

bool is_network(const std::string& text) {
  const auto slash = text.find('/');
  const std::string address = text.substr(0, slash);
  const bool four = is_ip(AF_INET, address);
  if (!four && !is_ip(AF_INET6, address)) return false;
  return slash == std::string::npos ||
         whole_number(std::string_view(text).substr(slash + 1), four ? 32 : 128).has_value();
}

bool is_url(std::string_view text, const std::vector<std::string>& schemes) {
  const auto end = text.find("://");
  if (end == std::string_view::npos) return false;
  const std::string scheme = to_lower(text.substr(0, end));
  if (std::find(schemes.begin(), schemes.end(), scheme) == schemes.end()) return false;
  const bool clean = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != '\x7f' && c != '"' && c != '<' && c != '>';
  });
  std::string_view rest = text.substr(end + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest = rest.substr(at + 1);
  const auto colon = rest.rfind(':');
  const bool port =
      colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos;
  if (port && !whole_number(rest.substr(colon + 1), 65535)) return false;
  return clean && is_host(port ? rest.substr(0, colon) : rest);
}

}  // namespace signalbox::config
