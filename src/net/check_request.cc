#include "net/check_request.h"

#include <algorithm>

#include "net/url.h"

namespace signalbox::net {
namespace {

bool token(std::string_view text) {
  constexpr std::string_view kSigns = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kSigns.find(c) != std::string_view::npos;
  });
}

bool one_line_value(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

/// http or https, a host, and no character that a request line cannot hold.
bool usable_url(std::string_view url) {
  const bool web = url.starts_with("http://") || url.starts_with("https://");
  const std::string_view rest = web ? url.substr(url.find("://") + 3) : "";
  const bool has_host = !rest.empty() && rest.find_first_of("/?#") != 0;
  return has_host && std::none_of(url.begin(), url.end(), [](char c) {
           return static_cast<unsigned char>(c) <= ' ' || c == 127;
         });
}

}  // namespace

std::string place_of(const Request& request) {
  return (token(request.method) ? request.method : "?") + " " +
         (usable_url(request.url) ? bare(request.url) : "a malformed URL");
}

std::optional<Error> objection(const Request& request) {
  const auto refuse = [&](std::string_view why) {
    return invalid(std::string(kNeverSent) + place_of(request) + ": " + std::string(why));
  };
  if (!token(request.method)) return refuse("the method is malformed");
  if (!usable_url(request.url)) return refuse("the URL must begin with http:// or https://");
  for (const auto& [name, value] : request.headers) {
    if (!token(name)) return refuse("a header's name is malformed");
    if (!one_line_value(value)) return refuse("header " + name + " holds a line break");
  }
  return std::nullopt;
}

}  // namespace signalbox::net
