#include "web/control/routes.h"

#include <httplib.h>

#include <array>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "web/control/console.h"
#include "web/documents/json.h"

namespace signalbox::web {
namespace {

/// Handlers that may wait for the core at once: one thread of the pool is kept for freeze and
/// metrics.
constexpr int kMostWaiting = 3;
constexpr std::size_t kMostAudit = 1000;
constexpr const char* kJson = "application/json; charset=utf-8";
constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr const char* kMetrics = "text/plain; version=0.0.4; charset=utf-8";

void give(httplib::Response& response, const ControlAnswer& answer) {
  response.status = answer.status;
  response.set_content(answer.body, kJson);
}

void page(httplib::Response& response, int status, const std::string& html) {
  response.status = status;
  response.set_header("Content-Security-Policy", console_policy());
  response.set_header("X-Frame-Options", "DENY");
  response.set_content(html, kHtml);
}

std::uint64_t number(const httplib::Request& request, const char* name, std::uint64_t otherwise) {
  const std::string text = request.get_param_value(name);
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

/// Counts a handler that waits for the core, for as long as it lives.
class Waiting {
 public:
  explicit Waiting(std::atomic<int>& count) : count_(count), admitted_(++count <= kMostWaiting) {}
  ~Waiting() { --count_; }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;
  bool admitted() const { return admitted_; }

 private:
  std::atomic<int>& count_;
  bool admitted_;
};

}  // namespace

void Routes::error(httplib::Response& response, int status, std::string_view what) {
  give(response, {status, dumped(Json{{"error", printable(what)}})});
}

void Routes::answer(const httplib::Request& request, const Credentials& credentials,
                    httplib::Response& response) {
  response.set_header("X-Content-Type-Options", "nosniff");
  response.set_header("Cache-Control", "no-store");
  const auto now = SystemClock().steady();
  const bool login = request.path == "/session" && request.method == "POST";
  const auto decision = gate_.decide(credentials, now);
  if (decision.status == 403) return error(response, 403, decision.why);
  if (login) return open_session(request, response);
  if (decision.status == 401 && request.path == "/") return page(response, 200, login_page(""));
  if (decision.status != 200) {
    response.set_header("WWW-Authenticate", "Bearer");
    return error(response, decision.status, decision.why);
  }
  let_in(request, response);
}

void Routes::let_in(const httplib::Request& request, httplib::Response& response) {
  if (request.path == "/metrics" && request.method == "GET") {
    return response.set_content(control_.metrics(), kMetrics);
  }
  if (request.method == "POST" && orders(request, response)) return;
  const Waiting waiting(waiting_);
  if (!waiting.admitted()) return error(response, 503, "not accepted: busy; try again");
  if (request.method == "GET" && queries(request, response)) return;
  if (request.method == "POST" && request.path == "/api/posts") return post(request, response);
  if (request.method == "POST" && request.path == "/say") return say_from_form(request, response);
  error(response, 404, "there is nothing at this path");
}

bool Routes::queries(const httplib::Request& request, httplib::Response& response) {
  if (request.path == "/") return page(response, 200, console_page(control_, "")), true;
  if (request.path == "/api/outbox") return give(response, control_.outbox()), true;
  if (request.path == "/api/held") return give(response, control_.held()), true;
  if (request.path != "/api/audit") return false;
  const std::uint64_t most = number(request, "most", kMostAudit);
  give(response, control_.audit(number(request, "after", 0),
                                static_cast<std::size_t>(std::min<std::uint64_t>(most, 100000))));
  return true;
}

bool Routes::orders(const httplib::Request& request, httplib::Response& response) {
  if (const auto order = order_in(request.path)) {
    give(response, control_.command(order->what, order->subject));
    return true;
  }
  if (request.path != "/order") return false;
  const auto answer =
      control_.command(request.get_param_value("what"), request.get_param_value("subject"));
  page(response, answer.status, console_page(control_, answer.body));
  return true;
}

void Routes::post(const httplib::Request& request, httplib::Response& response) {
  const Json body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) return error(response, 400, "the body is not a JSON object");
  if (!body.contains("text") || !body["text"].is_string()) {
    return error(response, 400, "\"text\" is missing or not a string");
  }
  const bool has_id = body.contains("id") && !body["id"].is_null();
  if (has_id && !body["id"].is_string()) return error(response, 400, "\"id\" is not a string");
  const std::string text = body["text"].get<std::string>();
  if (trim(text).empty()) return error(response, 400, "\"text\" is empty");
  give(response, control_.post(text, has_id ? body["id"].get<std::string>() : ""));
}

void Routes::open_session(const httplib::Request& request, httplib::Response& response) {
  const auto session =
      gate_.open_session(trim(request.get_param_value("token")), SystemClock().steady());
  if (!session)
    return page(response, 401, login_page("That is not the token. Wait, and try again."));
  response.set_header("Set-Cookie",
                      "signalbox=" + *session + "; Path=/; HttpOnly; SameSite=Strict");
  response.set_header("Location", "/");
  response.status = 303;
}

void Routes::say_from_form(const httplib::Request& request, httplib::Response& response) {
  const std::string text = request.get_param_value("text");
  if (trim(text).empty()) return error(response, 400, "the text is empty");
  const auto answer = control_.post(text, "");
  page(response, answer.status, console_page(control_, answer.body));
}

}  // namespace signalbox::web
