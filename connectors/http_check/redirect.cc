#include "connectors/http_check/redirect.h"

#include "base/text.h"
#include "net/origin.h"

namespace signalbox::connectors::http_check {
namespace {

/// Headers that say what the body is.
bool of_body(std::string_view name) { return to_lower(name).starts_with("content-"); }

void make_get(net::Request& request) {
  if (request.method != "HEAD") request.method = "GET";
  request.body.clear();
  request.speaks = false;
  std::erase_if(request.headers, [](const auto& header) { return of_body(header.first); });
}

bool becomes_get(int status, const std::string& method) {
  return status == 303 || ((status == 301 || status == 302) && method == "POST");
}

/// How the connection is made is ours to say, anywhere.
void leave_headers_behind(net::Request& request) {
  std::erase_if(request.headers, [](const auto& header) {
    return !equal_ignoring_case(header.first, "connection");
  });
}

}  // namespace

bool leads_on(const net::Response& answer) {
  switch (answer.status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
      return answer.header("location").has_value();
    default:
      return false;
  }
}

Result<net::Request> follow(const net::Request& sent, const net::Response& answer, bool to_http) {
  const auto target = net::resolve(sent.url, std::string(answer.header("location").value_or("")));
  if (!target) return invalid("a redirect to nowhere");
  net::Request next = sent;
  next.url = *target;
  if (becomes_get(answer.status, sent.method)) make_get(next);
  if (!to_http && sent.url.starts_with("https:") && !next.url.starts_with("https:")) {
    return invalid("a redirect from https to http");
  }
  const auto origin = net::origin_of(next.url);
  if (origin && origin == net::origin_of(sent.url)) return next;
  if (!next.body.empty()) return invalid("a redirect that would take the body to another host");
  leave_headers_behind(next);
  return next;
}

}  // namespace signalbox::connectors::http_check
