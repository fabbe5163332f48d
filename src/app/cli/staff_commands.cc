#include "app/cli/staff_commands.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>

#include "app/cli/client.h"
#include "base/text.h"

namespace signalbox::app {

namespace {

using nlohmann::json;

constexpr int kDone = 0;
constexpr int kFailed = 1;

int fail(const std::string& what) {
  std::cerr << "signalbox: " << one_line(what) << "\n";
  return kFailed;
}

std::string error_in(const CallAnswer& answer) {
  const json body = json::parse(answer.body, nullptr, false);
  if (body.is_object() && body.contains("error") && body["error"].is_string()) return body["error"];
  return "the server answered " + std::to_string(answer.status);
}

// The body of a good answer as JSON, or what went wrong.
Result<json> good_json(const Result<CallAnswer>& answer) {
  if (!answer) return answer.error();
  if (answer->status / 100 != 2) return unavailable(error_in(*answer));
  json body = json::parse(answer->body, nullptr, false);
  if (body.is_discarded()) return corrupt("the server's answer is not JSON");
  return body;
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string()
             ? one_line(printable(found->get<std::string>()))
             : "";
}

int say_one(const config::Config& config, const std::string& text, const std::string& key) {
  if (trim(text).empty()) {  // nothing to post; the lines after it must not be lost
    std::cout << R"({"kind":"none","reason":"empty","verdict":"ignored"})" << std::endl;
    return kDone;
  }
  const json request{{"text", valid_utf8(text)}, {"id", key}};
  const auto outcome = good_json(call_control(config, "POST", "/api/posts", request.dump()));
  if (!outcome) return fail(outcome.error().what);
  std::cout << outcome->dump() << std::endl;
  if (text_of(*outcome, "kind") == "mistake") {
    const std::string suggestion = text_of(*outcome, "suggestion");
    std::cerr << "signalbox: " << text_of(*outcome, "what")
              << (suggestion.empty() ? "" : "; did you mean: " + suggestion) << "\n";
  }
  return kDone;
}

// Prints a list: as it came, or one line an entry.
int print_list(const Result<json>& list, bool as_json,
               const std::function<std::string(const json&)>& line) {
  if (!list) return fail(list.error().what);
  if (as_json) {
    std::cout << list->dump(2) << "\n";
    return kDone;
  }
  for (const json& entry : *list) std::cout << line(entry) << "\n";
  return kDone;
}

void print_services(const json& board) {
  for (const json& service : board.value("services", json::array())) {
    std::string line = text_of(service, "state");
    line.resize(std::max<std::size_t>(line.size(), 8), ' ');
    line += text_of(service, "id");
    const std::string name = text_of(service, "name");
    if (name != text_of(service, "id")) line += " (" + name + ")";
    std::cout << line << ", since " << text_of(service, "since") << "\n";
  }
}

void print_incidents(const json& board) {
  for (const json& incident : board.value("incidents", json::array())) {
    std::cout << "\n" << text_of(incident, "name") << "\n";
    for (const json& update : incident.value("updates", json::array())) {
      std::cout << "  " << text_of(update, "at") << "  " << text_of(update, "text") << "\n";
    }
  }
}

}  // namespace

int say_command(const config::Config& config, const std::vector<std::string>& texts,
                const std::string& key) {
  const bool from_stdin = texts.size() == 1 && texts[0] == "-";
  int code = kDone;
  int number = 0;
  const auto key_of = [&]() -> std::string {
    ++number;
    if (key.empty()) return "";
    return from_stdin || texts.size() > 1 ? key + "-" + std::to_string(number) : key;
  };
  if (from_stdin) {
    // A line that cannot be posted must not cost those after it.
    for (std::string line; std::getline(std::cin, line);) {
      if (say_one(config, line, key_of()) == kDone) continue;
      std::cerr << "signalbox: line " << number << " was not posted\n";
      code = kFailed;
    }
    return code;
  }
  for (const std::string& text : texts) {
    code = std::max(code, say_one(config, text, key_of()));
  }
  return code;
}

int status_command(const config::Config& config, bool as_json) {
  const auto board = good_json(call_control(config, "GET", "/api/board.json"));
  if (!board) return fail(board.error().what);
  if (as_json) {
    std::cout << board->dump(2) << "\n";
    return kDone;
  }
  print_services(*board);
  print_incidents(*board);
  return kDone;
}

int outbox_command(const config::Config& config, bool as_json) {
  return print_list(
      good_json(call_control(config, "GET", "/api/outbox")), as_json, [](const json& d) {
        const std::string error = text_of(d, "error");
        return text_of(d, "created") + "  " + text_of(d, "state") + "  " + text_of(d, "account") +
               "  " + text_of(d, "text") + (error.empty() ? "" : "  (" + error + ")");
      });
}

int held_command(const config::Config& config, bool as_json) {
  return print_list(
      good_json(call_control(config, "GET", "/api/held")), as_json, [](const json& h) {
        return text_of(h, "id") + "  " + text_of(h, "at") + "  " + text_of(h, "account") + "  " +
               text_of(h, "reason") + "  " + text_of(h, "text");
      });
}

int audit_command(const config::Config& config, unsigned long after) {
  const std::string path = "/api/audit?after=" + std::to_string(after);
  return print_list(good_json(call_control(config, "GET", path)), false,
                    [](const json& e) { return e.dump(); });
}

int order_command(const config::Config& config, const std::string& order,
                  const std::string& subject) {
  const bool account = order == "freeze" || order == "thaw";
  const bool author = order == "go_back";
  const std::string path = std::string(account  ? "/api/accounts/"
                                       : author ? "/api/authors/"
                                                : "/api/held/") +
                           path_segment(subject) + "/" + order;
  const auto done = good_json(call_control(config, "POST", path, "{}"));
  if (!done) return fail(done.error().what);
  std::cout << done->dump() << "\n";
  return kDone;
}

}  // namespace signalbox::app
