// One connector on the real HTTP client, driven by JSON lines from stdin: tests of connectors
// against servers that are not ours. The first line says what to make; each further one is a call,
// answered by a line.
#include <boost/asio/io_context.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "connectors/registry.h"
#include "net/client.h"
#include "tests/support/run.h"

namespace signalbox {
namespace {

using nlohmann::json;
using testing::run_on;

/// The machine's clock, but for a `now` that a call may bring along.
class SettableClock final : public Clock {
 public:
  Time now() const override { return fixed_.value_or(machine_.now()); }
  SteadyTime steady() const override { return machine_.steady(); }
  void set(std::optional<Time> now) { fixed_ = now; }

 private:
  SystemClock machine_;
  std::optional<Time> fixed_;
};

connectors::Settings settings(const json& values) {
  std::map<std::string, connectors::Setting> all;
  for (const auto& [key, value] : values.items()) {
    if (value.is_array()) {
      all[key] = {"", value.get<std::vector<std::string>>(), 1, 1};
    } else {
      all[key] = {value.get<std::string>(), {}, 1, 1};
    }
  }
  return connectors::Settings(std::move(all));
}

json shown(const Error& error) { return {{"error", word(error.code)}, {"what", error.what}}; }

json shown(const std::vector<Post>& posts) {
  json all = json::array();
  for (const Post& post : posts) {
    all.push_back({{"id", post.id},
                   {"revision", post.revision},
                   {"deleted", post.deleted},
                   {"author", post.author},
                   {"text", post.text},
                   {"thread", post.thread},
                   {"origin", static_cast<int>(post.origin)},
                   {"addressed", post.addressed}});
  }
  return all;
}

std::vector<PostRef> refs(const json& call) {
  std::vector<PostRef> all;
  for (const json& one : call["posts"]) {
    all.push_back({"probe", one["id"], one.value("thread", "")});
  }
  return all;
}

Delivery delivery(const json& call) {
  Delivery made;
  made.id = call["id"];
  made.text = call["text"];
  made.reply_to = call.value("reply_to", "");
  made.thread = made.reply_to;
  return made;
}

json ask(connectors::Network& network, boost::asio::io_context& io, const json& call) {
  const std::string what = call["do"];
  if (what == "fetch") {
    auto got = run_on(io, network.fetch(call["cursor"]));
    if (!got) return shown(got.error());
    return {{"posts", shown(got->posts)}, {"cursor", got->cursor}, {"more", got->more}};
  }
  if (what == "revisit" || what == "replies") {
    auto got =
        run_on(io, what == "revisit" ? network.revisit(refs(call)) : network.replies(refs(call)));
    return got ? json{{"posts", shown(*got)}} : shown(got.error());
  }
  if (what == "say") {
    auto got = run_on(io, network.say(delivery(call)));
    return got ? json{{"id", got->id}, {"url", got->url}} : shown(got.error());
  }
  const Time since{std::chrono::milliseconds(call["since"].get<long long>())};
  auto got = run_on(io, network.find(delivery(call), since));
  if (!got) return shown(got.error());
  return {{"found", got->has_value() ? (*got)->id : ""}};
}

json ask(connectors::Meter& meter, boost::asio::io_context& io, const json& call) {
  auto got = run_on(io, meter.poll(call["cursor"]));
  if (!got) return shown(got.error());
  json readings = json::array();
  for (const Reading& reading : got->readings) {
    readings.push_back({{"service", reading.service},
                        {"instant", reading.instant.time_since_epoch().count()},
                        {"good", reading.good},
                        {"total", reading.total}});
    if (reading.check) readings.back()["why"] = reading.why;
  }
  std::vector<std::string> told = got->complaints;
  for (const connectors::Notice& notice : got->notices) told.push_back(notice.text);
  return {{"readings", readings}, {"cursor", got->cursor}, {"complaints", told}};
}

template <typename Connector>
void serve(Connector& connector, boost::asio::io_context& io, SettableClock& clock) {
  for (std::string line; std::getline(std::cin, line);) {
    const json call = json::parse(line);
    clock.set(call.contains("now") ? std::optional(Time(Duration(call["now"].get<long long>())))
                                   : std::nullopt);
    std::cout << ask(connector, io, call).dump() << std::endl;
  }
}

void serve_meter(const json& made, connectors::World world, boost::asio::io_context& io,
                 SettableClock& clock) {
  connectors::SourceSetup setup;
  setup.id = "probe";
  setup.base_url = made["base_url"];
  setup.every = Duration(made["every"].get<long long>());
  setup.settings = settings(made["settings"]);
  for (const auto& [service, asked] : made["questions"].items()) {
    setup.questions.push_back({service, settings(asked)});
  }
  const std::string kind = made["meter"];
  serve(*connectors::meter_kind(kind)->make(setup, world), io, clock);
}

/// What is wrong with the settings is told by a line each, first of all.
void serve_check(const json& made, connectors::World world, boost::asio::io_context& io,
                 SettableClock& clock) {
  connectors::SourceSetup setup;
  setup.id = "probe";
  setup.settings = settings(made["settings"]);
  setup.questions.push_back({"probe", {}});
  const std::string kind = made["check"];
  const auto check = connectors::check_kind(kind)->make(setup, world);
  for (const auto& mistake : setup.settings.mistakes()) {
    std::cout << json{{"mistake", mistake.key + " " + mistake.what}}.dump() << std::endl;
  }
  serve(*check, io, clock);
}

void serve_network(const json& made, connectors::World world, boost::asio::io_context& io,
                   SettableClock& clock) {
  const connectors::AccountSetup setup{"probe", made["base_url"], made.value("handle", ""),
                                       settings(made["settings"])};
  const std::string kind = made["network"];
  serve(*connectors::network_kind(kind)->make(setup, world), io, clock);
}

}  // namespace
}  // namespace signalbox

int main() {
  std::string line;
  std::getline(std::cin, line);
  const nlohmann::json made = nlohmann::json::parse(line);
  boost::asio::io_context io;
  const auto http = signalbox::net::make_client(io, {});
  const auto pause = signalbox::net::make_pause(io);
  signalbox::SettableClock clock;
  const signalbox::connectors::World world{*http, *pause, clock};
  if (made.contains("meter")) {
    signalbox::serve_meter(made, world, io, clock);
  } else if (made.contains("check")) {
    signalbox::serve_check(made, world, io, clock);
  } else {
    signalbox::serve_network(made, world, io, clock);
  }
}
