#include "web/public/desk.h"

#include "base/text.h"
#include "web/public/answers.h"
#include "web/public/negotiate.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kRetrySoon = "Retry-After: 2\r\n";
/// A browser asks again by itself.
constexpr std::string_view kRefresh = "Retry-After: 1\r\nRefresh: 1\r\n";
constexpr std::string_view kStreamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
    "Cache-Control: no-store\r\nX-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\n"
    "Access-Control-Allow-Origin: *\r\n";
constexpr std::string_view kStreamStart = "retry: 3000\n: signalbox\n";

bool has_body(const Request& request) { return request.method != Request::Method::head; }

}  // namespace

void Desk::show(SitePtr site, const EventPtr& event) {
  site_ = std::move(site);
  if (site_ != nullptr) replay_.show(site_->snapshot()->as_of, event);
  forget();
}

void Desk::forget() {
  documents_.clear();
  bytes_ = 0;
}

void Desk::plain(int status, Answer& answer, bool with_body, std::string_view extra) const {
  answer.document.reset();
  answer.stream = false;
  answer.own_body = plain_body(status);
  answer.own_head = plain_head(status, answer.own_body.size(), common_.strict_transport());
  answer.own_head += extra;
  answer.head = answer.own_head;
  answer.body = with_body ? std::string_view(answer.own_body) : std::string_view();
}

void Desk::json(const LetterAnswer& given, Answer& answer) const {
  answer.document.reset();
  answer.stream = false;
  answer.own_body = given.body + "\n";
  answer.own_head = json_head(given.status, answer.own_body.size(), common_.strict_transport());
  if (given.status == 401) answer.own_head += "WWW-Authenticate: OAuth\r\n";
  answer.head = answer.own_head;
  answer.body = answer.own_body;
}

std::optional<Time> Desk::silence() {
  const auto silent = common_.silent_since();
  if (silent != silent_since_) {
    silent_since_ = silent;
    forget();
  }
  return silent;
}

const DocumentPtr* Desk::document(const std::string& path) {
  const auto silent = silence();
  const auto known = documents_.find(path);
  if (known != documents_.end()) return &known->second;
  const bool lasting = !site_->pending(path);
  DocumentPtr found = silent ? site_->find_stale(path, *silent) : site_->find(path);
  if (found == nullptr) return nullptr;
  if (!lasting) {
    passing_ = std::move(found);
    return &passing_;
  }
  // What the site keeps is its own affair; what only we still hold is bounded here.
  constexpr std::size_t kMostBytes = std::size_t{8} * 1024 * 1024;
  bytes_ += path.size() + found->body().size() * 3 / 2;
  if (bytes_ > kMostBytes) forget();
  return &documents_.emplace(path, std::move(found)).first->second;
}

bool Desk::pending(const Request& request) {
  if (site_ == nullptr || request.method == Request::Method::other) return false;
  if (request.path.starts_with(kAsked)) {
    return site_->ask(request.path, request.query, silence()).later;
  }
  return !documents_.contains(request.path) && site_->pending(request.path);
}

void Desk::answer(const Request& request, Answer& answer) {
  common_.counters.requests.fetch_add(1, std::memory_order_relaxed);
  if (request.method == Request::Method::other || request.method == Request::Method::post) {
    if (!is_known(request)) return plain(404, answer);
    return plain(405, answer, true, "Allow: GET, HEAD\r\n");
  }
  if (special(request, answer)) return;
  if (site_ == nullptr) return plain(503, answer, has_body(request), kRetrySoon);
  if (request.path.starts_with(kAsked)) return asked(request, answer);
  const DocumentPtr* found = document(request.path);
  if (found == nullptr && site_->pending(request.path)) {
    return plain(503, answer, has_body(request), kRefresh);
  }
  if (found == nullptr) return plain(404, answer, has_body(request));
  serve(request, *found, answer);
}

void Desk::asked(const Request& request, Answer& answer) {
  const Reply reply = site_->ask(request.path, request.query, silence());
  if (reply.document != nullptr) return serve(request, reply.document, answer);
  if (reply.wrong.empty()) {
    return plain(reply.status, answer, has_body(request), reply.status == 503 ? kRetrySoon : "");
  }
  json({reply.status, reply.wrong}, answer);
  answer.own_head += "Access-Control-Allow-Origin: *\r\n";
  answer.head = answer.own_head;
  if (!has_body(request)) answer.body = {};
}

bool Desk::is_known(const Request& request) {
  for (const std::string_view path : {"/healthz", "/readyz", "/live"}) {
    if (request.path == path) return true;
  }
  if (site_ == nullptr) return false;
  if (request.path.starts_with(kAsked)) {
    return site_->ask(request.path, request.query, silence()).status != 404;
  }
  return document(request.path) != nullptr;
}

void Desk::serve(const Request& request, const DocumentPtr& found, Answer& answer) {
  const Bytes& bytes = found->bytes(request.encoding);
  const bool known = !request.if_none_match.empty() && names(request.if_none_match, bytes.etag);
  answer.stream = false;
  answer.document = found;
  answer.head = known ? bytes.not_modified : bytes.head;
  answer.body = known || !has_body(request) ? std::string_view() : std::string_view(bytes.body);
}

bool Desk::special(const Request& request, Answer& answer) {
  if (request.path == "/healthz") return plain(200, answer, has_body(request)), true;
  if (request.path == "/readyz") return ready(request, answer), true;
  if (request.path == "/live") return live(request, answer), true;
  return false;
}

void Desk::ready(const Request& request, Answer& answer) const {
  std::string reason = site_ == nullptr ? "nothing has been published yet" : "";
  if (reason.empty()) reason = common_.readiness.not_ready_because();
  const auto silent = common_.silent_since();
  if (reason.empty() && silent) reason = "the core has not been heard since " + iso(*silent);
  plain(reason.empty() ? 200 : 503, answer, has_body(request));
  if (reason.empty()) return;
  answer.own_body = one_line(printable(reason)) + "\n";
  answer.own_head = plain_head(503, answer.own_body.size(), common_.strict_transport());
  answer.head = answer.own_head;
  answer.body = has_body(request) ? std::string_view(answer.own_body) : std::string_view();
}

std::string Desk::silence_event() {
  if (site_ == nullptr) return "";
  return "data: " + web::silence_event(*site_->snapshot(), silence()) + "\n\n";
}

/// What a reader has missed; or, where that is no longer known, that there was something. The id
/// that a new reader begins with stands in a block of its own, which is no event.
std::string Desk::stream_start(std::string_view last_event_id) {
  std::string text(kStreamStart);
  if (site_ == nullptr) return text + "\n";
  std::string missed;
  const bool known = replay_.missed(last_event_id, missed);
  const std::string id = "id: " + std::to_string(replay_.newest()) + "\n";
  if (known && missed.empty()) return text + id + "\n" + (silence() ? silence_event() : "");
  text += "\n";
  text += known ? missed : id + "data: " + missed_event(*site_->snapshot()) + "\n\n";
  return text + (silence() ? silence_event() : "");
}

void Desk::live(const Request& request, Answer& answer) {
  if (common_.streams.load() >= common_.settings.live_streams) {
    return plain(503, answer, has_body(request), kRetrySoon);
  }
  answer.document.reset();
  answer.own_head = kStreamHead;
  answer.own_head += common_.strict_transport();
  answer.head = answer.own_head;
  answer.own_body = stream_start(request.last_event_id);
  answer.body = has_body(request) ? std::string_view(answer.own_body) : std::string_view();
  answer.stream = has_body(request);
}

}  // namespace signalbox::web
