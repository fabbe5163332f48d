// Addresses from outside made such that a browser goes where was meant, or nowhere.
#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/letters.h"
#include "base/text.h"
#include "base/utf8.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHexDigits = "0123456789ABCDEFabcdef";

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

bool is_number(std::string_view text, unsigned most) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number <= most;
}

/// Without a leading zero, which some read as octal.
bool is_octet(std::string_view text) {
  return is_number(text, 255) && (text.size() == 1 || text.front() != '0');
}

bool is_ascii_letter_or_digit(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// One of the parts between a host name's dots; underscores stand in those of private networks.
bool is_label(std::string_view label) {
  constexpr std::size_t kLongest = 63;
  if (label.empty() || label.size() > kLongest) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  while (!label.empty()) {
    const utf8::Point point = utf8::decode(label);
    const char32_t c = point.value;
    if (!is_ascii_letter_or_digit(c) && c != '-' && c != '_' && !is_letter(c)) return false;
    label.remove_prefix(point.bytes);
  }
  return true;
}

/// As a name's last part: it makes the whole an IPv4 address, or nothing.
bool counts_as_number(std::string_view label) {
  if (label.starts_with("0x") || label.starts_with("0X")) {
    return consists_of(label.substr(2), kHexDigits);
  }
  return !label.empty() && consists_of(label, kDigits);
}

bool is_name_or_ipv4(std::string_view host) {
  constexpr std::size_t kLongest = 253;
  const auto labels = split(host, '.');
  if (counts_as_number(labels.back())) {
    return labels.size() == 4 && std::ranges::all_of(labels, is_octet);
  }
  return host.size() <= kLongest && std::ranges::all_of(labels, is_label);
}

bool is_ipv6(const std::string& host) {
  in6_addr address{};
  return inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

/// What follows the host: nothing, or a colon and a port, which may be left out.
bool is_port_or_none(std::string_view text) {
  return text.empty() || text == ":" || (text.front() == ':' && is_number(text.substr(1), 65535));
}

/// Whether a host, and perhaps a port, is all there is: a name and password before it are none.
bool is_authority(std::string_view text) {
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return false;
    return is_ipv6(std::string(text.substr(1, end - 1))) && is_port_or_none(text.substr(end + 1));
  }
  const std::size_t end = std::min(text.find(':'), text.size());
  return is_name_or_ipv4(text.substr(0, end)) && is_port_or_none(text.substr(end));
}

/// RFC 3986's pchar and what parts path and query; square brackets stand around hosts only.
bool may_stand(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return is_ascii_letter_or_digit(byte) ||
         std::string_view("-._~!$&'()*+,;=:@/?").find(c) != std::string_view::npos;
}

/// A path with its query and fragment, all percent-encoded that may not stand there.
std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const std::size_t fragment = text.find('#');
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view hex = text.substr(i + 1, 2);
    const bool escape = text[i] == '%' && hex.size() == 2 && consists_of(hex, kHexDigits);
    if (may_stand(text[i]) || escape || i == fragment) {
      made += text[i];
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    made.append({'%', kHex[byte / 16], kHex[byte % 16]});
  }
  return made;
}

bool has_stray(std::string_view url) {
  return std::ranges::any_of(url, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
}

}  // namespace

std::string safe_link(std::string_view raw) {
  if (has_stray(raw)) return {};
  const std::string url = shown(raw);
  const std::string start = to_lower(url.substr(0, 8));
  if (!start.starts_with("http://") && !start.starts_with("https://")) return {};
  const std::size_t host = url.find("://") + 3;
  const std::size_t path = std::min(url.find_first_of("/?#", host), url.size());
  if (!is_authority(std::string_view(url).substr(host, path - host))) return {};
  return url.substr(0, path) + percent_encoded(std::string_view(url).substr(path));
}

}  // namespace signalbox::web
