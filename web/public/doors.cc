#include "web/public/doors.h"

#include "base/text.h"
#include "web/documents/question.h"
#include "web/public/pass.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kToken = "token";

bool is_token_pair(std::string_view pair) { return pair.substr(0, pair.find('=')) == kToken; }

bool has_bearer(const Request& request, const PageLock& lock) {
  constexpr std::string_view kBearer = "Bearer ";
  const std::string_view shown = request.authorization;
  if (!equal_ignoring_case(shown.substr(0, kBearer.size()), kBearer)) return false;
  return token_fits(lock, trim(shown.substr(kBearer.size())));
}

bool has_pass(const Request& request, const PagePart& page, Time now) {
  return is_pass(page, cookie_in(request.cookie, cookie_name(page)), now);
}

/// `/status` of `https://acme.example/status`.
std::string_view path_in(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return {};
  const auto slash = url.find('/', start + 3);
  return slash == std::string_view::npos ? std::string_view() : url.substr(slash);
}

}  // namespace

Entry entry(const Request& request, const Room& room, Time now) {
  if (!room.is_locked()) return Entry::in;
  const PagePart& page = *room.part();
  const bool by_token = page.lock.kind == PageLock::Kind::token;
  if (by_token && !request.query.empty()) {
    const auto token = parameter(request.query, kToken);
    if (token && token_fits(page.lock, *token)) return Entry::by_link;
  }
  if (has_pass(request, page, now) || (by_token && has_bearer(request, page.lock)))
    return Entry::in;
  return by_token ? Entry::hidden : Entry::form;
}

std::string pass_line(const Place& place, std::string_view main_url, Time now) {
  const PagePart& page = *place.room->part();
  const std::string_view url = place.at_own_host ? std::string_view(page.url) : main_url;
  const std::string path =
      place.at_own_host ? "/" : std::string(path_in(main_url)) + "/pages/" + page.slug + "/";
  const auto lasts = std::chrono::duration_cast<std::chrono::seconds>(kPassLasts).count();
  return "Set-Cookie: " + cookie_name(page) + "=" + pass_to(page, now + kPassLasts) +
         "; Path=" + path + "; Max-Age=" + std::to_string(lasts) + "; HttpOnly; SameSite=Lax" +
         (url.starts_with("https://") ? "; Secure" : "") + "\r\n";
}

std::string without_token(const Request& request) {
  const std::string_view path = request.path;
  std::string to = "./" + std::string(path.substr(path.rfind('/') + 1));
  std::string_view mark = "?";
  for (const std::string_view pair : split(request.query, '&')) {
    if (pair.empty() || is_token_pair(pair)) continue;
    to.append(mark).append(pair);
    mark = "&";
  }
  return to;
}

std::string moved_to(std::string_view where) {
  return "Location: " + std::string(where) + "\r\nReferrer-Policy: no-referrer\r\n" +
         std::string(kUnlisted);
}

std::string password_in(std::string_view body) {
  return parameter(replace_all(std::string(body), "+", " "), "password").value_or("");
}

}  // namespace signalbox::web
