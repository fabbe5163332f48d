// Which keys each model type has in JSON, once for writing and for reading. Add a key, never rename
// or reuse one: ledgers written by every release must stay readable.
#pragma once

#include <concepts>
#include <type_traits>

#include "model/event.h"
#include "model/standing.h"

namespace signalbox {

/// T is X, const or not: one function serves the writer and the reader.
template <typename T, typename X>
concept Of = std::same_as<std::remove_const_t<T>, X>;

/// Each lists the keys of one type to `a`, a json::Writer or json::Reader.
void fields(auto& a, Of<Post> auto& x) {
  a("account", x.account);
  a("id", x.id);
  a("revision", x.revision);
  a("replaces", x.replaces);
  a("deleted", x.deleted);
  a("author", x.author);
  a("author_name", x.author_name);
  a("text", x.text);
  a("url", x.url);
  a("thread", x.thread);
  a("origin", x.origin);
  a("addressed", x.addressed);
  a("at", x.at);
  a("received", x.received);
}

void fields(auto& a, Of<PostRef> auto& x) {
  a("account", x.account);
  a("id", x.id);
  a("thread", x.thread);
}

void fields(auto& a, Of<Report> auto& x) {
  a("targets", x.targets);
  a("services", x.services);
  a("state", x.state);
  a("phase", x.phase);
  a("from", x.from);
  a("until", x.until);
  a("message", x.message);
}

void fields(auto& a, Of<Mistake> auto& x) {
  a("reason", x.reason);
  a("what", x.what);
  a("suggestion", x.suggestion);
}

void fields(auto& a, Of<Question> auto& x) { a("services", x.services); }

void fields(auto& a, Of<Source> auto& x) {
  a("account", x.account);
  a("network", x.network);
  a("author", x.author);
  a("url", x.url);
}

void fields(auto& a, Of<Measurement> auto& x) {
  a("state", x.state);
  a("at", x.at);
  a("good", x.good);
  a("total", x.total);
  a("window", x.window);
  a("fresh", x.fresh);
  a("reason", x.reason);
  a("why", x.why);
}

void fields(auto& a, Of<Line> auto& x) {
  a("service", x.service);
  a("state", x.state);
  a("good", x.good);
  a("total", x.total);
  a("window", x.window);
  a("why", x.why);
}

void fields(auto& a, Of<Announcement> auto& x) {
  a("id", x.id);
  a("tidings", x.tidings);
  a("audience", x.audience);
  a("targets", x.targets);
  a("head_word", x.head_word);
  a("lines", x.lines);
  a("text", x.text);
  a("reason", x.reason);
  a("except_account", x.except_account);
  a("answers", x.answers);
  a("revokes", x.revokes);
  a("at", x.at);
}

void fields(auto& a, Of<Thresholds> auto& x) {
  a("window", x.window);
  a("better_after", x.better_after);
  a("stale_after", x.stale_after);
  a("min_requests", x.min_requests);
  a("issue_below", x.issue_below);
  a("down_below", x.down_below);
}

void fields(auto& a, Of<Service> auto& x) {
  a("id", x.id);
  a("name", x.name);
  a("group", x.group);
  a("aliases", x.aliases);
  a("measured", x.measured);
  a("thresholds", x.thresholds);
  a("start", x.start);
}

}  // namespace signalbox
