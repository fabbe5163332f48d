#include "net/url.h"

#include <algorithm>

namespace signalbox::net {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

bool unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

/// Where the authority (`user@host:port`) of a URL begins.
std::size_t authority_start(std::string_view url) {
  const std::size_t scheme = url.find("://");
  return scheme == std::string_view::npos ? 0 : scheme + 3;
}

std::size_t authority_end(std::string_view url) {
  return std::min(url.find_first_of("/?#", authority_start(url)), url.size());
}

}  // namespace

std::string percent_encode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (unreserved(c)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += {'%', kHex[byte >> 4], kHex[byte & 15]};
  }
  return encoded;
}

std::string percent_decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool whole = text[i] == '%' && i + 2 < text.size();
    const int high = whole ? hex_value(text[i + 1]) : -1;
    const int low = whole ? hex_value(text[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      decoded += text[i] == '+' ? ' ' : text[i];
    }
  }
  return decoded;
}

std::string form(const Parameters& parameters) {
  std::string body;
  for (const auto& [name, value] : parameters) {
    if (!body.empty()) body += '&';
    body += percent_encode(name) + "=" + percent_encode(value);
  }
  return body;
}

std::string with_query(std::string url, const Parameters& parameters) {
  if (parameters.empty()) return url;
  url += url.find('?') == std::string::npos ? '?' : '&';
  return url + form(parameters);
}

Parameters parse_form(std::string_view text) {
  Parameters parameters;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    parameters.emplace_back(percent_decode(pair.substr(0, equals)), percent_decode(value));
  }
  return parameters;
}

std::string value_of(const Parameters& parameters, std::string_view name) {
  for (const auto& [key, value] : parameters) {
    if (key == name) return value;
  }
  return "";
}

std::string path_of(std::string_view url) {
  const std::size_t start = authority_end(url);
  const std::size_t end = std::min(url.find_first_of("?#", start), url.size());
  return start == end ? "/" : std::string(url.substr(start, end - start));
}

std::string query_of(std::string_view url) {
  const std::string_view whole = url.substr(0, url.find('#'));
  const std::size_t mark = whole.find('?');
  return mark == std::string_view::npos ? "" : std::string(whole.substr(mark + 1));
}

std::string bare(std::string_view url) {
  const std::size_t start = authority_start(url);
  const std::size_t end = authority_end(url);
  const std::string_view authority = url.substr(start, end - start);
  const std::size_t at = authority.rfind('@');
  const std::string_view host = at == std::string_view::npos ? authority : authority.substr(at + 1);
  const std::size_t stop = std::min(url.find_first_of("?#", end), url.size());
  return std::string(url.substr(0, start)) + std::string(host) +
         std::string(url.substr(end, stop - end));
}

}  // namespace signalbox::net
