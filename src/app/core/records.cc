#include "app/core/records.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::app {

namespace {

using nlohmann::json;

template <typename T>
json word_or_null(const std::optional<T>& value) {
  return value ? json(std::string(word(*value))) : json(nullptr);
}

json time_or_null(const std::optional<Time>& time, const Zone& zone) {
  return time ? json(zone.iso(*time)) : json(nullptr);
}

std::string dump(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

void add_sentence(json& out, const Sentence& sentence, const Zone& zone) {
  if (const auto* report = std::get_if<Report>(&sentence)) {
    out["kind"] = report->is_notice() ? "notice" : "report";
    out["services"] = report->services;
    out["state"] = word_or_null(report->state);
    out["phase"] = word_or_null(report->phase);
    out["from"] = time_or_null(report->from, zone);
    out["until"] = time_or_null(report->until, zone);
    out["message"] = report->message;
  } else if (const auto* mistake = std::get_if<Mistake>(&sentence)) {
    out["kind"] = "mistake";
    out["what"] = mistake->what;
    out["suggestion"] = mistake->suggestion.empty() ? json(nullptr) : json(mistake->suggestion);
  } else if (std::holds_alternative<Question>(sentence)) {
    out["kind"] = "question";
  } else {
    out["kind"] = "none";
  }
}

}  // namespace

std::string post_key(const Post& post) {
  return post.account + "\n" + post.id + "\n" + (post.deleted ? "deleted" : post.revision);
}

store::Row row_of(const Event& event, std::string key) {
  return {event.seq,     event.at,      kEventVersion, std::string(kind(event)),
          encode(event), std::move(key)};
}

Result<Event> event_of(const store::Row& row) {
  return decode(row.seq, row.at, row.version, row.kind, row.payload);
}

std::string encode_checkpoint(const Book& book, const announce::Memory& memory) {
  return encode(book) + "\n" + announce::encode(memory);
}

Result<Folded> decode_checkpoint(std::string_view payload) {
  const std::size_t line = payload.find('\n');
  if (line == std::string_view::npos) return corrupt("the checkpoint is cut short");
  auto book = decode_book(payload.substr(0, line));
  if (!book) return book.error();
  if (book->began == Time{}) return corrupt("the checkpoint does not say when the ledger began");
  auto memory = announce::decode_memory(payload.substr(line + 1));
  if (!memory) return memory.error();
  return Folded{std::move(*book), std::move(*memory)};
}

std::string outcome_json(const Event& event, const Book& book, const Zone& zone) {
  const auto& received = std::get<PostReceived>(event.what);
  json out{{"seq", event.seq},
           {"at", zone.iso(event.at)},
           {"id", received.post.id},
           {"verdict", std::string(word(received.verdict))},
           {"reason", received.reason}};
  if (received.verdict == Verdict::held) out["held"] = held_id(event.seq);
  add_sentence(out, received.sentence, zone);
  const auto followed =
      book.followed.find(PostRef{received.post.account, received.post.id, received.post.thread});
  if (followed != book.followed.end()) out["incident"] = followed->second.incident;
  return dump(out);
}

std::string audit_json(const Event& event) {
  json out = json::parse(encode(event), nullptr, false);
  if (!out.is_object()) out = json::object();
  const auto* received = std::get_if<PostReceived>(&event.what);
  if (received != nullptr && received->verdict == Verdict::held) out["held"] = held_id(event.seq);
  out["seq"] = event.seq;
  out["at"] = iso(event.at);
  out["kind"] = std::string(kind(event));
  return dump(out);
}

}  // namespace signalbox::app
