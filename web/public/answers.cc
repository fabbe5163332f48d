#include "web/public/answers.h"

#include <algorithm>
#include <array>

#include "web/http_date.h"

namespace signalbox::web {
namespace {

struct Words {
  int status;
  std::string_view reason;
  std::string_view body;
};

/// Of a status of which we know no words, and which we therefore do not say.
constexpr int kUnforeseen = 500;

constexpr std::array kWords = std::to_array<Words>({
    {200, "OK", "ok\n"},
    {201, "Created", "ok\n"},
    {202, "Accepted", "ok\n"},
    {302, "Found", "There.\n"},
    {303, "See Other", "There.\n"},
    {400, "Bad Request", "This is not a request we can read.\n"},
    {401, "Unauthorized", "Send the token.\n"},
    {404, "Not Found", "There is nothing here.\n"},
    {405, "Method Not Allowed", "Only GET and HEAD are answered here.\n"},
    {408, "Request Timeout", "The request took too long to arrive.\n"},
    {413, "Content Too Large", "At most 64 KiB are taken.\n"},
    {414, "URI Too Long", "The address is too long.\n"},
    {417, "Expectation Failed", "Of Expect, 100-continue alone is understood.\n"},
    {422, "Unprocessable Content", "This makes no sense.\n"},
    {429, "Too Many Requests", "Too many connections from your address.\n"},
    {431, "Request Header Fields Too Large", "At most 8 KiB of header are taken.\n"},
    {500, "Internal Server Error", "Something is wrong here.\n"},
    {503, "Service Unavailable", "Not now; try again in a moment.\n"},
    {505, "HTTP Version Not Supported", "Only HTTP/1.0 and HTTP/1.1, please.\n"},
});

const Words& words(int status) {
  const auto same = std::ranges::find(kWords, status, &Words::status);
  return same != kWords.end() ? *same : *std::ranges::find(kWords, kUnforeseen, &Words::status);
}

std::string head_of(int status, std::string_view type, std::size_t length, std::string_view extra) {
  const Words& said = words(status);
  std::string head = "HTTP/1.1 " + std::to_string(said.status) + " ";
  head += said.reason;
  head += "\r\nContent-Type: ";
  head += type;
  head += "; charset=utf-8\r\nContent-Length: " + std::to_string(length);
  head += "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
  head += extra;
  return head;
}

}  // namespace

std::string plain_head(int status, std::size_t length, std::string_view extra) {
  return head_of(status, "text/plain", length, extra);
}

std::string json_head(int status, std::size_t length, std::string_view extra) {
  return head_of(status, "application/json", length, extra);
}

std::string html_head(int status, std::size_t length, std::string_view extra) {
  return head_of(status, "text/html", length, extra);
}

std::string preflight_head(std::string_view extra) {
  std::string head =
      "HTTP/1.1 204 No Content\r\nAllow: GET, HEAD, OPTIONS\r\nAccess-Control-Allow-Origin: *\r\n"
      "Access-Control-Allow-Methods: GET, HEAD\r\nAccess-Control-Allow-Headers: *\r\n"
      "Access-Control-Max-Age: 86400\r\nCache-Control: no-store\r\n"
      "X-Content-Type-Options: nosniff\r\n";
  return head.append(extra);
}

std::string_view plain_body(int status) { return words(status).body; }

std::string date_line(Time now) { return "Date: " + http_date(now) + "\r\n"; }

}  // namespace signalbox::web
