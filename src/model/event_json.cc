#include "model/json_fields.h"
#include "model/json_read.h"
#include "model/json_write.h"

namespace signalbox {

/// A sentence is stored under the key of its kind; none of them means NotOurs.
void put_sentence(json::Writer& a, const Sentence& sentence) {
  if (const auto* report = std::get_if<Report>(&sentence)) a("report", *report);
  if (const auto* mistake = std::get_if<Mistake>(&sentence)) a("mistake", *mistake);
  if (const auto* question = std::get_if<Question>(&sentence)) a("question", *question);
}

void put_sentence(json::Reader& a, Sentence& sentence) {
  std::optional<Report> report;
  std::optional<Mistake> mistake;
  std::optional<Question> question;
  a("report", report);
  a("mistake", mistake);
  a("question", question);
  if (report) sentence = *report;
  if (mistake) sentence = *mistake;
  if (question) sentence = *question;
}

void fields(auto& a, Of<PostReceived> auto& x) {
  a("post", x.post);
  put_sentence(a, x.sentence);
  a("verdict", x.verdict);
  a("reason", x.reason);
  a("tell", x.tell);
  a("source", x.source);
  a("incident", x.incident);
  a("lapses", x.lapses);
  a("console", x.console);
}

void fields(auto& a, Of<MeasuredChanged> auto& x) {
  a("service", x.service);
  a("before", x.before);
  a("now", x.now);
}

void fields(auto& a, Of<StandingChanged> auto& x) {
  a("service", x.service);
  a("before", x.before);
  a("after", x.after);
  a("reason", x.reason);
}

void fields(auto& a, Of<Elapsed> auto& x) {
  a("what", x.what);
  a("subject", x.subject);
}

void fields(auto& a, Of<Commanded> auto& x) {
  a("what", x.what);
  a("subject", x.subject);
  a("by", x.by);
  a("since", x.since);
}

void fields(auto& a, Of<MachineSpoke> auto& x) {
  a("announcement", x.announcement);
  a("told", x.told);
}

void fields(auto& a, Of<Configured> auto& x) {
  a("services", x.services);
  a("account_labels", x.account_labels);
}

namespace {

using What = decltype(Event::what);

/// The alternative of `What` whose kind is `kind`, read from `payload`; nullopt for a kind nobody
/// knows.
template <std::size_t I = 0>
std::optional<Result<What>> read_kind(std::string_view wanted, std::string_view payload) {
  if constexpr (I == std::variant_size_v<What>) {
    return std::nullopt;
  } else {
    using T = std::variant_alternative_t<I, What>;
    Event sample;
    sample.what.emplace<I>();
    if (kind(sample) != wanted) return read_kind<I + 1>(wanted, payload);
    auto value = json::read<T>(payload, wanted);
    if (!value) return Result<What>(value.error());
    return Result<What>(What(std::in_place_index<I>, std::move(*value)));
  }
}

}  // namespace

std::string encode(const Event& event) {
  return std::visit([](const auto& what) { return json::written(what); }, event.what);
}

Result<Event> decode(std::uint64_t seq, Time at, int version, std::string_view kind,
                     std::string_view payload) {
  if (version > kEventVersion) {
    return corrupt("event " + std::to_string(seq) + " was written by a newer release");
  }
  auto what = read_kind(kind, payload);
  if (!what) return corrupt("event " + std::to_string(seq) + " is of an unknown kind");
  if (!*what) return corrupt("event " + std::to_string(seq) + ": " + what->error().what);
  return Event{seq, at, std::move(**what)};
}

}  // namespace signalbox
