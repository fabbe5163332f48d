// A ledger on a table: posts, measurements and orders go in by one line each, time is told.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"

namespace signalbox::ledger {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

inline Report a_report(std::vector<std::string> services, std::optional<State> state,
                       std::string message, std::optional<Phase> phase = {}) {
  Report report;
  report.targets = services;
  report.services = std::move(services);
  report.state = state;
  report.phase = phase;
  report.message = std::move(message);
  return report;
}

/// Services API, JS, DB; accounts fedi (itself), ops (slack, listed U1 and U2), local.
class Desk {
 public:
  Desk() {
    rules.accounts["fedi"] = account("fedi", "Mastodon");
    AccountPolicy ops = account("ops", "Slack");
    ops.authors = Authors::listed;
    ops.author_ids = {"U1", "U2"};
    ops.thread_replies = ThreadReplies::ignore;
    ops.notices = Notices::when_addressed;
    rules.accounts["ops"] = ops;
    rules.accounts["local"] = account("local", "Console");
    Configured configured;
    for (const char* id : {"API", "JS", "DB"}) {
      Service service;
      service.id = id;
      service.name = id == std::string("API") ? "Public API" : id;
      configured.services.push_back(service);
    }
    add(configured);
  }

  static AccountPolicy account(std::string id, std::string label) {
    AccountPolicy policy;
    policy.id = std::move(id);
    policy.label = std::move(label);
    policy.announce = true;
    return policy;
  }

  /// A post on `account`, written now, that nobody has applied yet.
  Post post(const std::string& text, const std::string& account = "fedi",
            const std::string& author = "A") {
    Post made;
    made.account = account;
    made.id = "p" + std::to_string(++posts);
    made.author = author;
    made.text = text;
    made.at = now;
    made.received = now;
    return made;
  }
  /// Receives and folds it.
  PostReceived hear(const Post& post, const Sentence& sentence, Speaker speaker = {}) {
    Event event = receive(book, rules, post, sentence, std::move(speaker), now);
    keep(event);
    return std::get<PostReceived>(events.back().what);
  }
  PostReceived say(const Report& report, const std::string& account = "fedi",
                   const std::string& author = "A") {
    last = post(line(report), account, author);
    return hear(last, report);
  }
  PostReceived say(std::vector<std::string> services, std::optional<State> state,
                   const std::string& message, std::optional<Phase> phase = {}) {
    return say(a_report(std::move(services), state, message, phase));
  }
  /// A text that stands for the report: equal reports have equal texts.
  static std::string line(const Report& report) {
    std::string text;
    for (const auto& service : report.services) text += service + " ";
    if (report.state) text += word(*report.state);
    if (report.phase) text += word(*report.phase);
    return text + ": " + report.message;
  }
  PostReceived remove(const Post& post) {
    Post gone;
    gone.account = post.account;
    gone.id = post.id;
    gone.deleted = true;
    return hear(gone, NotOurs{});
  }
  PostReceived rewrite(Post post, const Sentence& sentence, const std::string& text) {
    post.revision = "r" + std::to_string(++posts);
    post.text = text;
    return hear(post, sentence);
  }
  void measure(const std::string& service, State state) {
    Measurement measured;
    measured.state = state;
    measured.at = now;
    measured.fresh = state != State::unknown;
    add(MeasuredChanged{service, State::unknown, measured});
  }
  void machine(Tidings tidings, std::vector<std::pair<std::string, State>> lines,
               bool told = true) {
    MachineSpoke spoke;
    spoke.announcement.id = "m" + std::to_string(book.seq);
    spoke.announcement.tidings = tidings;
    spoke.announcement.text = "97.3 % of 12,400 requests in 5 min";
    for (const auto& [service, state] : lines) {
      Line line;
      line.service = service;
      line.state = state;
      spoke.announcement.lines.push_back(line);
    }
    spoke.told = told;
    add(spoke);
  }
  Status order(Commanded::What what, const std::string& subject) {
    auto carried_out = command(book, rules, {what, subject, "console", {}}, now);
    if (!carried_out) return carried_out.error();
    for (const auto& event : *carried_out) keep(event);
    return {};
  }
  /// Lets time pass and folds what runs out; gives the words of it.
  std::vector<std::string> wait(Duration length) {
    now += length;
    std::vector<std::string> what;
    for (const auto& event : elapsed(book, rules, now)) {
      what.emplace_back(word(std::get<Elapsed>(event.what).what));
      keep(event);
    }
    return what;
  }

  template <typename What>
  void add(What what) {
    keep(Event{0, now, std::move(what)});
  }
  void keep(Event event) {
    event.seq = book.seq + 1;
    const Status status = apply(book, event);
    EXPECT_TRUE(status.ok()) << (status.ok() ? "" : status.error().what);
    events.push_back(std::move(event));
  }

  /// The newest incident.
  const Incident& incident() const { return book.incidents.back(); }
  std::optional<State> stated(const std::string& service) const {
    const auto& stated = book.entries.at(service).stated;
    return stated ? std::optional(stated->state) : std::nullopt;
  }

  Time now = Time(std::chrono::sys_days(std::chrono::year(2026) / 11 / 21)) + hours(4);
  Rules rules;
  Book book;
  std::vector<Event> events;
  Post last;
  int posts = 0;
};

}  // namespace signalbox::ledger
