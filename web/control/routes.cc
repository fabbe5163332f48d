#include "web/control/routes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "web/control/console.h"
#include "web/documents/json.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kMostAudit = 1000;
constexpr std::uint64_t kMostAuditAsked = 100000;
constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kMetrics = "text/plain; version=0.0.4; charset=utf-8";
constexpr std::string_view kLogin = "/session";

StaffAnswer given(const ControlAnswer& answer) { return {answer.status, kJson, answer.body, {}}; }

StaffAnswer page(int status, std::string html) {
  return {status,
          kHtml,
          std::move(html),
          {{"Content-Security-Policy", console_policy()}, {"X-Frame-Options", "DENY"}}};
}

std::uint64_t number_in(const StaffRequest& request, std::string_view name,
                        std::uint64_t otherwise) {
  const std::string text = request.value(name);
  std::uint64_t value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  return wrong == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

/// An order as a path writes it: `/api/accounts/fedi/freeze`.
struct Order {
  std::string what;
  std::string subject;
};

std::optional<Order> order_in(std::string_view path) {
  struct Form {
    std::string_view before, after, what;
  };
  static constexpr std::array<Form, 5> kForms = {{{"/api/accounts/", "/freeze", "freeze"},
                                                  {"/api/accounts/", "/thaw", "thaw"},
                                                  {"/api/held/", "/release", "release"},
                                                  {"/api/held/", "/discard", "discard"},
                                                  {"/api/authors/", "/go_back", "go_back"}}};
  for (const Form& form : kForms) {
    const bool long_enough = path.size() > form.before.size() + form.after.size();
    if (!long_enough || !path.starts_with(form.before) || !path.ends_with(form.after)) continue;
    path.remove_prefix(form.before.size());
    path.remove_suffix(form.after.size());
    return Order{std::string(form.what), std::string(path)};
  }
  return std::nullopt;
}

}  // namespace

Admission Routes::admit(std::string_view method, std::string_view target,
                        const Credentials& credentials) {
  const std::string path = path_in(target);
  const auto decision = gate_.decide(credentials, SystemClock().steady());
  if (decision.status == 200) return {std::nullopt, true};
  if (decision.status == 403) return {staff_error(403, decision.why), false};
  if (path == kLogin && method == "POST") return {};
  if (path == "/") return {page(200, login_page("")), false};
  StaffAnswer refused = staff_error(decision.status, decision.why);
  refused.headers.emplace_back("WWW-Authenticate", "Bearer");
  return {std::move(refused), false};
}

Routes::Way Routes::way(const StaffRequest& request) {
  const bool posts = request.method == "POST";
  if (request.path == "/metrics" || request.path == kLogin) return Way::at_once;
  return posts && (order_in(request.path) || request.path == "/order") ? Way::order : Way::question;
}

StaffAnswer Routes::busy() { return staff_error(503, "not accepted: busy; try again"); }

StaffAnswer Routes::answer(const StaffRequest& request) {
  const bool reads = request.method == "GET";
  const bool posts = request.method == "POST";
  if (reads && request.path == "/metrics") return {200, kMetrics, control_.metrics(), {}};
  if (posts && request.path == kLogin) return open_session(request);
  if (posts && request.path == "/api/posts") return post(request);
  if (posts && request.path == "/api/readings") return given(control_.readings(request.body));
  if (posts && request.path == "/say") return say_from_form(request);
  std::optional<StaffAnswer> answer;
  if (reads) answer = queries(request);
  if (posts) answer = orders(request);
  return answer ? *std::move(answer) : staff_error(404, "there is nothing at this path");
}

std::optional<StaffAnswer> Routes::queries(const StaffRequest& request) {
  if (request.path == "/") return page(200, console_page(control_, ""));
  if (request.path == "/api/board.json") return given(control_.board());
  if (request.path == "/api/outbox") return given(control_.outbox());
  if (request.path == "/api/held") return given(control_.held());
  if (request.path != "/api/audit") return std::nullopt;
  const std::uint64_t most = std::min(number_in(request, "most", kMostAudit), kMostAuditAsked);
  return given(control_.audit(number_in(request, "after", 0), static_cast<std::size_t>(most)));
}

std::optional<StaffAnswer> Routes::orders(const StaffRequest& request) {
  if (const auto order = order_in(request.path)) {
    return given(control_.command(order->what, order->subject));
  }
  if (request.path != "/order") return std::nullopt;
  return console_after(control_.command(request.value("what"), request.value("subject")));
}

StaffAnswer Routes::post(const StaffRequest& request) {
  const Json body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return staff_error(400, "the body is not a JSON object");
  if (!body.contains("text") || !body["text"].is_string()) {
    return staff_error(400, "\"text\" is missing or not a string");
  }
  const bool has_id = body.contains("id") && !body["id"].is_null();
  if (has_id && !body["id"].is_string()) return staff_error(400, "\"id\" is not a string");
  const std::string text = body["text"].get<std::string>();
  if (trim(text).empty()) return staff_error(400, "\"text\" is empty");
  return given(control_.post(text, has_id ? body["id"].get<std::string>() : ""));
}

StaffAnswer Routes::open_session(const StaffRequest& request) {
  const auto session = gate_.open_session(trim(request.value("token")), SystemClock().steady());
  if (!session) return page(401, login_page("That is not the token. Wait, and try again."));
  return {303,
          "",
          "",
          {{"Set-Cookie", "signalbox=" + *session + "; Path=/; HttpOnly; SameSite=Strict"},
           {"Location", "/"}}};
}

StaffAnswer Routes::say_from_form(const StaffRequest& request) {
  const std::string text = request.value("text");
  if (trim(text).empty()) return staff_error(400, "the text is empty");
  return console_after(control_.post(text, ""));
}

/// A core that did not answer once in time is not asked again in the same breath.
StaffAnswer Routes::console_after(const ControlAnswer& answer) {
  if (answer.status == 503) return given(answer);
  return page(answer.status, console_page(control_, answer.body));
}

}  // namespace signalbox::web
