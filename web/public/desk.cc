#include "web/public/desk.h"

#include <utility>

#include "base/text.h"
#include "web/documents/address.h"
#include "web/public/answers.h"
#include "web/public/doors.h"
#include "web/public/negotiate.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kRetrySoon = "Retry-After: 2\r\n";
/// A browser asks again by itself.
constexpr std::string_view kRefresh = "Retry-After: 1\r\nRefresh: 1\r\n";
constexpr std::string_view kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
    "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";
constexpr std::string_view kOpenToAll = "Access-Control-Allow-Origin: *\r\n";
constexpr std::string_view kStreamStart = "retry: 3000\n: signalbox\n";

/// What is at every host, whatever was published.
bool is_fixed(std::string_view path) {
  return path == "/healthz" || path == "/readyz" || path == "/live";
}

std::string silence_text(const Room& room, std::optional<Time> since) {
  return "data: " + silence_event(*room.site()->snapshot(), since) + "\n\n";
}

bool reads(const Request& request) {
  return request.method == Request::Method::get || request.method == Request::Method::head;
}

bool has_body(const Request& request) { return request.method != Request::Method::head; }

/// Of the head of a document that stands where nothing is: programs, which get another answer
/// there, must not be given it by a cache.
std::string not_found_head(std::string_view head) {
  std::string made = "HTTP/1.1 404 Not Found\r\n";
  for (const std::string_view line : split(head.substr(head.find('\n') + 1), '\n')) {
    const bool keeps = line.starts_with("ETag:") || line.starts_with("Cache-Control:");
    if (!keeps && !line.empty()) made.append(line).append("\n");
  }
  return made + "Cache-Control: no-store\r\n";
}

}  // namespace

void Desk::show(const SitePtr& site, const Events& events) {
  house_.show(site, events);
  lending_.forget();
}

void Desk::own(Answer& answer, std::string head, std::string body, bool with_body) {
  answer.document.reset();
  answer.lent.reset();
  answer.stream.reset();
  answer.own_head = std::move(head);
  answer.own_body = std::move(body);
  answer.head = answer.own_head;
  answer.body = with_body ? std::string_view(answer.own_body) : std::string_view();
}

void Desk::plain(int status, Answer& answer, bool with_body, std::string_view extra) const {
  const std::string_view body = plain_body(status);
  std::string head = plain_head(status, body.size(), common_.strict_transport());
  own(answer, std::move(head.append(extra)), std::string(body), with_body);
}

void Desk::json(const LetterAnswer& given, Answer& answer, bool with_body,
                std::string_view extra) const {
  std::string head = json_head(given.status, given.body.size() + 1, common_.strict_transport());
  if (given.status == 401) head += "WWW-Authenticate: OAuth\r\n";
  own(answer, std::move(head.append(extra)), given.body + "\n", with_body);
}

bool Desk::pending(const Request& request) {
  if (house_.empty() || !reads(request)) return false;
  const Place place = house_.place(request);
  if (place.room == nullptr || entry(request, *place.room, common_.clock.now()) != Entry::in)
    return false;
  if (place.path.starts_with(kAsked)) {
    return place.room->site()->ask(place.path, request.query, silence()).later;
  }
  return place.room->pending(place.path, request.accept_language);
}

void Desk::answer(const Request& request, Answer& answer) {
  common_.counters.requests.fetch_add(1, std::memory_order_relaxed);
  if (reads(request) && healthy(request, answer)) return;
  if (house_.empty()) {
    if (reads(request)) return plain(503, answer, has_body(request), kRetrySoon);
    return plain(is_fixed(request.path) ? 405 : 404, answer);
  }
  const Place place = house_.place(request);
  if (place.lacks_slash) {
    std::string to = request.path.substr(request.path.rfind('/') + 1) + "/";
    if (!request.query.empty()) to += "?" + request.query;
    return plain(302, answer, has_body(request), moved_to(to));
  }
  if (place.room == nullptr) return nothing(request, house_.main_room(), request.path, answer);
  if (kept_out(request, place, answer)) return;
  if (!reads(request)) return refuse_method(request, place, answer);
  inside(request, place, answer);
}

void Desk::inside(const Request& request, const Place& place, Answer& answer) {
  const std::string_view extra = place.room->is_locked() ? kUnlisted : "";
  if (place.path == "/live") return live(request, place, answer);
  if (place.path.starts_with(kAsked)) return asked(request, place, answer);
  const DocumentPtr* found = place.room->document(place.path, request.accept_language, silence());
  if (found != nullptr) return lend(request, *found, answer);
  if (place.room->site()->pending(place.path)) {
    return plain(503, answer, has_body(request), std::string(kRefresh).append(extra));
  }
  const std::string elsewhere = place.room->site()->moved(place.path);
  if (elsewhere.empty()) return nothing(request, *place.room, place.path, answer);
  plain(302, answer, has_body(request), moved_to(elsewhere));
}

void Desk::nothing(const Request& request, Room& room, std::string_view path, Answer& answer) {
  const DocumentPtr* page = nullptr;
  if (reads(request) && request.takes_html) {
    const Language* forced = address_of(path).language;
    const std::string at = forced ? address_in(forced->code(), kNotFound) : std::string(kNotFound);
    page = room.document(at, request.accept_language, silence());
    if (page == nullptr) page = room.document(kNotFound, request.accept_language, silence());
  }
  if (page == nullptr)
    return plain(404, answer, has_body(request), room.is_locked() ? kUnlisted : kOpenToAll);
  const Bytes& bytes = (*page)->bytes(request.encoding);
  own(answer, not_found_head(bytes.head), {}, false);
  answer.document = *page;
  if (has_body(request)) answer.body = bytes.body;
}

void Desk::refuse_method(const Request& request, const Place& place, Answer& answer) {
  if (!is_known(request, place)) return plain(404, answer);
  if (request.method == Request::Method::options && !place.room->is_locked()) {
    return own(answer, preflight_head(common_.strict_transport()), {}, false);
  }
  const PagePart* part = place.room->part();
  const bool by_form = request.method == Request::Method::post && part != nullptr &&
                       part->lock.kind == PageLock::Kind::password;
  if (by_form) return plain(303, answer, true, moved_to(without_token(request)));
  plain(405, answer, true, "Allow: GET, HEAD\r\n");
}

void Desk::asked(const Request& request, const Place& place, Answer& answer) {
  const Reply reply = place.room->site()->ask(place.path, request.query, silence());
  if (reply.document != nullptr) return serve(request, reply.document, answer);
  if (reply.wrong.empty()) {
    return plain(reply.status, answer, has_body(request), reply.status == 503 ? kRetrySoon : "");
  }
  json({reply.status, reply.wrong}, answer, has_body(request),
       place.room->is_locked() ? kUnlisted : kOpenToAll);
}

bool Desk::is_known(const Request& request, const Place& place) {
  if (place.path == "/live" || is_fixed(request.path)) return true;
  if (place.path.starts_with(kAsked)) {
    return place.room->site()->ask(place.path, request.query, silence()).status != 404;
  }
  return place.room->document(place.path, request.accept_language, silence()) != nullptr;
}

void Desk::serve(const Request& request, const DocumentPtr& found, Answer& answer) const {
  const Bytes& bytes = found->bytes(request.encoding);
  const bool known = !request.if_none_match.empty() && names(request.if_none_match, bytes.etag);
  answer.lent.reset();
  answer.stream.reset();
  answer.document = found;
  answer.head = known ? bytes.not_modified : bytes.head;
  answer.body = known || !has_body(request) ? std::string_view() : std::string_view(bytes.body);
}

void Desk::lend(const Request& request, const DocumentPtr& found, Answer& answer) {
  serve(request, found, answer);
  if (answer.body.empty()) return;
  Lent lent = lending_.copy_of(found, found->bytes(request.encoding).body);
  if (lent.slab == nullptr) return;
  answer.body = lent.bytes;
  answer.lent = std::move(lent.slab);
}

bool Desk::healthy(const Request& request, Answer& answer) const {
  if (request.path == "/healthz") return plain(200, answer, has_body(request)), true;
  if (request.path == "/readyz") return ready(request, answer), true;
  return false;
}

void Desk::ready(const Request& request, Answer& answer) const {
  std::string reason = house_.empty() ? "nothing has been published yet" : "";
  if (reason.empty()) reason = common_.readiness.not_ready_because();
  const auto silent = common_.silent_since();
  if (reason.empty() && silent) reason = "the core has not been heard since " + iso(*silent);
  if (reason.empty()) return plain(200, answer, has_body(request));
  std::string body = one_line(printable(reason)) + "\n";
  std::string head = plain_head(503, body.size(), common_.strict_transport());
  own(answer, std::move(head), std::move(body), has_body(request));
}

EventPtr Desk::silence_event(std::string_view page) {
  const Room* room = house_.room(page);
  if (room == nullptr || room->site() == nullptr) return nullptr;
  return std::make_shared<const LiveEvent>(LiveEvent{0, silence_text(*room, silence())});
}

/// What a reader has missed; or, where that is no longer known, that there was something. The id
/// that a new reader begins with stands in a block of its own, which is no event.
std::string Desk::stream_start(const Room& room, std::string_view last_event_id) const {
  std::string text(kStreamStart);
  std::string missed;
  const bool known = room.replay().missed(last_event_id, missed);
  const std::string id = "id: " + std::to_string(room.replay().newest()) + "\n";
  const std::string silent = silence() ? silence_text(room, silence()) : "";
  if (known && missed.empty()) return text + id + "\n" + silent;
  text += "\n";
  text += known ? missed : id + "data: " + missed_event(*room.site()->snapshot()) + "\n\n";
  return text + silent;
}

void Desk::live(const Request& request, const Place& place, Answer& answer) const {
  Seat seat = take_seat(common_.streams, common_.settings.live_streams);
  if (seat == nullptr) return plain(503, answer, has_body(request), kRetrySoon);
  const PagePart* part = place.room->part();
  std::string head(kStreamHead);
  head.append(place.room->is_locked() ? kUnlisted : kOpenToAll).append(common_.strict_transport());
  own(answer, std::move(head), stream_start(*place.room, request.last_event_id), has_body(request));
  if (has_body(request)) answer.stream = std::move(seat);
  answer.page = part == nullptr ? "" : part->slug;
  answer.lock = part == nullptr ? PageLock{} : part->lock;
}

bool Desk::is_open(std::string_view page, const PageLock& lock) const {
  if (page.empty()) return true;
  const Room* room = house_.room(page);
  const PagePart* part = room == nullptr ? nullptr : room->part();
  return part != nullptr && part->lock == lock;
}

}  // namespace signalbox::web
