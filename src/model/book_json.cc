#include "base/hash.h"
#include "model/book.h"
#include "model/json_fields.h"
#include "model/json_read.h"
#include "model/json_write.h"

namespace signalbox {

void fields(auto& a, Of<Statement> auto& x) {
  a("state", x.state);
  a("at", x.at);
  a("until", x.until);
  a("source", x.source);
  a("message", x.message);
  a("post_account", x.post_account);
  a("post_id", x.post_id);
}

void fields(auto& a, Of<Affected> auto& x) {
  a("service", x.service);
  a("before", x.before);
  a("after", x.after);
}

void fields(auto& a, Of<Update> auto& x) {
  a("id", x.id);
  a("at", x.at);
  a("phase", x.phase);
  a("state", x.state);
  a("text", x.text);
  a("affected", x.affected);
  a("source", x.source);
  a("automatic", x.automatic);
  a("edited", x.edited);
  a("withdrawn", x.withdrawn);
  a("post_account", x.post_account);
  a("post_id", x.post_id);
  a("announcement", x.announcement);
  a("about", x.about);
}

void fields(auto& a, Of<Incident> auto& x) {
  a("id", x.id);
  a("name", x.name);
  a("services", x.services);
  a("worst", x.worst);
  a("phase", x.phase);
  a("opened", x.opened);
  a("monitoring", x.monitoring);
  a("resolved", x.resolved);
  a("automatic", x.automatic);
  a("touched", x.touched);
  a("last_word", x.last_word);
  a("awaits", x.awaits);
  a("updates", x.updates);
  a("postmortem", x.postmortem);
}

void fields(auto& a, Of<Notice> auto& x) {
  a("id", x.id);
  a("services", x.services);
  a("text", x.text);
  a("at", x.at);
  a("until", x.until);
  a("source", x.source);
  a("edited", x.edited);
  a("post_account", x.post_account);
  a("post_id", x.post_id);
}

void fields(auto& a, Of<Maintenance> auto& x) {
  a("id", x.id);
  a("name", x.name);
  a("services", x.services);
  a("announced", x.announced);
  a("from", x.from);
  a("until", x.until);
  a("started", x.started);
  a("ended", x.ended);
  a("updates", x.updates);
  a("post_account", x.post_account);
  a("post_id", x.post_id);
}

void fields(auto& a, Of<DayTally> auto& x) {
  a("up", x.up);
  a("issue", x.issue);
  a("down", x.down);
  a("maint", x.maint);
  a("unknown", x.unknown);
}

/// JSON's keys are texts: a day's is its date counted from 1970.
void put_days(json::Writer& a, const std::map<std::chrono::sys_days, DayTally>& days) {
  std::map<std::string, DayTally> named;
  for (const auto& [day, tally] : days)
    named[std::to_string(day.time_since_epoch().count())] = tally;
  a("days", named);
}

void put_days(json::Reader& a, std::map<std::chrono::sys_days, DayTally>& days) {
  std::map<std::string, DayTally> named;
  a("days", named);
  for (const auto& [name, tally] : named) {
    int day = 0;
    std::from_chars(name.data(), name.data() + name.size(), day);
    days[std::chrono::sys_days(std::chrono::days(day))] = tally;
  }
}

void fields(auto& a, Of<ServiceEntry> auto& x) {
  a("known", x.known);
  a("stated", x.stated);
  a("measured", x.measured);
  a("measured_since", x.measured_since);
  a("shown", x.shown);
  a("since", x.since);
  put_days(a, x.days);
}

void fields(auto& a, Of<HeldReport> auto& x) {
  a("id", x.id);
  a("post", x.post);
  a("report", x.report);
  a("reason", x.reason);
  a("source", x.source);
  a("at", x.at);
  a("expires", x.expires);
}

void fields(auto& a, Of<FollowedPost> auto& x) {
  a("ref", x.ref);
  a("author", x.author);
  a("revision", x.revision);
  a("text", x.text);
  a("report", x.report);
  a("at", x.at);
  a("incident", x.incident);
  a("update", x.update);
  a("announcement", x.announcement);
  a("replaced", x.replaced);
  a("deleted", x.deleted);
  a("formerly", x.formerly);
}

void fields(auto& a, Of<Change> auto& x) {
  a("author", x.author);
  a("at", x.at);
  a("received", x.received);
}

void fields(auto& a, Of<RecentReport> auto& x) {
  a("services", x.services);
  a("state", x.state);
  a("phase", x.phase);
  a("from", x.from);
  a("until", x.until);
  a("message", x.message);
  a("at", x.at);
  a("received", x.received);
}

/// The followed posts hold their own key.
void put_followed(json::Writer& a, const std::map<PostRef, FollowedPost>& followed) {
  std::vector<FollowedPost> list;
  list.reserve(followed.size());
  for (const auto& [ref, post] : followed) list.push_back(post);
  a("followed", list);
}

void put_followed(json::Reader& a, std::map<PostRef, FollowedPost>& followed) {
  std::vector<FollowedPost> list;
  a("followed", list);
  for (auto& post : list) followed[post.ref] = std::move(post);
}

void fields(auto& a, Of<Book> auto& x) {
  a("seq", x.seq);
  a("at", x.at);
  a("began", x.began);
  a("services", x.services);
  a("account_labels", x.account_labels);
  a("entries", x.entries);
  a("incidents", x.incidents);
  a("notices", x.notices);
  a("maintenances", x.maintenances);
  a("held", x.held);
  put_followed(a, x.followed);
  a("frozen", x.frozen);
  a("changes", x.changes);
  a("recent", x.recent);
  a("reminded", x.reminded);
  a("swept", x.swept);
  a("touched", x.touched);
}

std::string held_id(std::uint64_t seq) { return short_id("held " + std::to_string(seq)); }

void reindex(Book& book) {
  book.fading.clear();
  for (const auto& [ref, post] : book.followed) {
    if (post.deleted) book.fading.insert(ref);
  }
  book.places.clear();
  book.troubled.clear();
  for (std::size_t i = 0; i < book.incidents.size(); ++i) {
    const Incident& incident = book.incidents[i];
    book.places[incident.id] = i;
    if (!incident.open()) continue;
    for (const auto& [service, state] : incident.services) {
      book.troubled[service] = incident.id;
    }
  }
}

std::string encode(const Book& book) { return json::written(book); }

Result<Book> decode_book(std::string_view payload) {
  auto book = json::read<Book>(payload, "the checkpoint");
  if (book) reindex(*book);
  return book;
}

std::string encode(const Incident& incident) { return json::written(incident); }

Result<Incident> decode_incident(std::string_view payload) {
  return json::read<Incident>(payload, "an incident kept");
}

}  // namespace signalbox
