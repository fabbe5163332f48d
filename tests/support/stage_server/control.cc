#include "tests/support/stage_server/control.h"

#include <nlohmann/json.hpp>

#include "net/url.h"

namespace signalbox::testing {
namespace {

using nlohmann::json;

net::Response reply(int status, const json& body) {
  return {status, {{"content-type", "application/json"}}, body.dump()};
}

Origin origin_named(const std::string& name) {
  const std::pair<const char*, Origin> kNames[] = {
      {"boost", Origin::boost},   {"quote", Origin::quote}, {"forwarded", Origin::forwarded},
      {"hidden", Origin::hidden}, {"bot", Origin::bot},
  };
  for (const auto& [word, origin] : kNames) {
    if (name == word) return origin;
  }
  return Origin::own;
}

json post(Stage& stage, const json& order) {
  Posting how;
  how.author = order.value("author", "");
  how.origin = origin_named(order.value("origin", "own"));
  how.in_reply_to = order.value("in_reply_to", "");
  how.mentions_us = order.value("mentions_us", false);
  return {{"id", stage.someone_posts(order.at("text").get<std::string>(), how)}};
}

json heard(const Stage& stage) {
  json all = json::array();
  for (const Heard& one : stage.heard()) {
    all.push_back(
        {{"id", one.id}, {"text", one.text}, {"in_reply_to", one.in_reply_to}, {"key", one.key}});
  }
  return all;
}

json refuse(Stage& stage, const json& order) {
  net::Headers headers;
  const json named = order.value("headers", json::object());
  for (const auto& [name, value] : named.items()) {
    headers.emplace_back(name, value.get<std::string>());
  }
  stage.refuses_with(order.at("status").get<int>(), headers, order.value("times", 1));
  return json::object();
}

json lose(Stage& stage, const json& order) {
  if (order.contains("percent")) {
    stage.loses_some_answers(order.at("percent").get<int>(), order.value("seed", 1u));
  } else {
    stage.loses_the_answer(order.value("times", 1));
  }
  return json::object();
}

json read_mentions(Stage& stage) {
  stage.reads_mentions();
  return {{"colleague", stage.colleague()}, {"handle", stage.setup("").handle}};
}

json misbehave(Stage& stage, const std::string& what, const json& order) {
  if (what == "refuse") return refuse(stage, order);
  if (what == "lose") return lose(stage, order);
  if (what == "nonsense") return stage.talks_nonsense(order.value("times", 1)), json::object();
  if (what == "ignore_keys") return stage.ignores_keys(), json::object();
  return {};
}

json carry_out(Stage& stage, const std::string& what, const json& order) {
  if (what == "post") return post(stage, order);
  if (what == "heard") return heard(stage);
  if (what == "reads_mentions") return read_mentions(stage);
  if (what == "requests") return {{"count", stage.requests()}};
  if (what == "edit") return stage.someone_edits(order.at("id"), order.at("text")), json::object();
  if (what == "delete") return stage.someone_deletes(order.at("id")), json::object();
  return misbehave(stage, what, order);
}

}  // namespace

net::Response obey(Stage& stage, const net::Request& request) {
  const std::string what = net::path_of(request.url).substr(std::string("/_stage/").size());
  const net::Parameters query = net::parse_form(net::query_of(request.url));
  if (what == "yaml") {
    const std::string id = net::value_of(query, "id");
    return {200, {}, stage.yaml(id, net::value_of(query, "url"))};
  }
  try {
    const json order = request.body.empty() ? json::object() : json::parse(request.body);
    const json done = carry_out(stage, what, order);
    return done.is_null() ? reply(404, {{"error", "no such order"}}) : reply(200, done);
  } catch (const json::exception& wrong) {
    return reply(400, {{"error", wrong.what()}});
  }
}

}  // namespace signalbox::testing
