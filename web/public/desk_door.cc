// The desk of a private page: who is not let in, and what becomes of a password.
#include <algorithm>

#include "web/documents/address.h"
#include "web/documents/door_page.h"
#include "web/documents/edition.h"
#include "web/public/answers.h"
#include "web/public/desk.h"
#include "web/public/doors.h"

namespace signalbox::web {
namespace {

/// A form's 401 has to name a way to show who one is: it is none that browsers ask by themselves.
constexpr std::string_view kByForm = "WWW-Authenticate: Form realm=\"status\"\r\n";
constexpr int kAtLeastSeconds = 1;

/// By the address, else by the header, else the page's own.
const Language& language_of(const Request& request, const Place& place) {
  const Site& site = *place.room->site();
  const Language* forced = address_of(place.path).language;
  const Language* wanted =
      forced != nullptr ? forced : language(site.language(request.accept_language));
  if (wanted == nullptr) wanted = language(site.snapshot()->page.language);
  return wanted == nullptr ? english() : *wanted;
}

}  // namespace

bool Desk::kept_out(const Request& request, const Place& place, Answer& answer) {
  const Time now = common_.clock.now();
  const bool with_body = request.method != Request::Method::head;
  switch (entry(request, *place.room, now)) {
    case Entry::in:
      return false;
    case Entry::by_link:
      plain(302, answer, with_body,
            moved_to(without_token(request)) +
                pass_line(place, house_.main()->snapshot()->page.url, now));
      return true;
    case Entry::form:
      door(request, place, Tried::nothing, kByForm, answer);
      return true;
    case Entry::hidden:
      nothing(request, house_.main_room(), request.path, answer);
      return true;
  }
  return true;
}

void Desk::door(const Request& request, const Place& place, Tried tried, std::string_view extra,
                Answer& answer) const {
  const bool too_often = tried == Tried::too_often;
  const int status = too_often ? 429 : 401;
  std::string body =
      door_page(language_of(request, place), tried == Tried::the_wrong_one, too_often);
  std::string head = html_head(status, body.size(), door_rules());
  head.append(kUnlisted)
      .append(common_.strict_transport())
      .append("Vary: Accept-Language\r\n")
      .append(extra);
  own(answer, std::move(head), std::move(body), request.method != Request::Method::head);
}

const PagePart* Desk::knocks_at(const Request& request) {
  if (request.method != Request::Method::post || house_.empty()) return nullptr;
  const Place place = house_.place(request);
  if (place.room == nullptr) return nullptr;
  const PagePart* part = place.room->part();
  const bool asks = part != nullptr && part->lock.kind == PageLock::Kind::password;
  return asks && entry(request, *place.room, common_.clock.now()) == Entry::form ? part : nullptr;
}

void Desk::welcome(const Request& request, const PageLock& lock, const Welcome& welcome,
                   Answer& answer) {
  const PagePart* part = knocks_at(request);
  if (part == nullptr || part->lock != lock) return plain(503, answer, true, "Retry-After: 1\r\n");
  const Place place = house_.place(request);
  const auto wait = std::chrono::ceil<std::chrono::seconds>(welcome.wait).count();
  const std::string later =
      "Retry-After: " + std::to_string(std::max<long>(wait, kAtLeastSeconds)) + "\r\n";
  switch (welcome.kind) {
    case Welcome::Kind::in:
      return plain(303, answer, true,
                   moved_to(without_token(request)) +
                       pass_line(place, house_.main()->snapshot()->page.url, common_.clock.now()));
    case Welcome::Kind::wrong:
      return door(request, place, Tried::the_wrong_one, kByForm, answer);
    case Welcome::Kind::too_often:
      return door(request, place, Tried::too_often, later, answer);
    case Welcome::Kind::busy:
      return plain(503, answer, true, later);
  }
}

}  // namespace signalbox::web
