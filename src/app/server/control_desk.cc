#include "app/server/control_desk.h"

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/core/records.h"

namespace signalbox::app {

namespace {

using nlohmann::json;

constexpr Duration kPatience{2800};  // with the wait for a thread, every handler answers within 3 s
constexpr std::size_t kMostDeliveries = 1000;

std::string dump(const json& object) {
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

web::ControlAnswer refusal(int status, const std::string& what) {
  return {status, dump({{"error", what}})};
}

int status_of(const Error& error) {
  switch (error.code) {
    case Error::Code::invalid:
      return 409;
    case Error::Code::unauthorized:
      return 403;
    case Error::Code::rate_limited:
      return 429;
    case Error::Code::unavailable:
    case Error::Code::corrupt:
    case Error::Code::internal:
      return 503;
  }
  return 503;
}

web::ControlAnswer answer(const Error& error) {
  return refusal(status_of(error), (status_of(error) == 503 ? "not accepted: " : "") + error.what);
}

json delivery_json(const Delivery& delivery) {
  return {{"id", delivery.id},
          {"announcement", delivery.announcement},
          {"account", delivery.account},
          {"tidings", std::string(word(delivery.tidings))},
          {"text", delivery.text},
          {"state", std::string(word(delivery.state))},
          {"attempts", delivery.attempts},
          {"created", iso(delivery.created)},
          {"due", iso(delivery.due)},
          {"sent_at", delivery.sent_at ? json(iso(*delivery.sent_at)) : json(nullptr)},
          {"remote_id", delivery.remote_id},
          {"remote_url", delivery.remote_url},
          {"error", delivery.error}};
}

json held_json(const HeldReport& held) {
  return {{"id", held.id},
          {"at", iso(held.at)},
          {"account", held.post.account},
          {"post", held.post.id},
          {"author", held.post.author_name.empty() ? held.post.author : held.post.author_name},
          {"text", held.post.text},
          {"services", held.report.services},
          {"reason", held.reason},
          {"expires", held.expires ? json(iso(*held.expires)) : json(nullptr)}};
}

// What a figure means, in a line; docs/operations.md has the same words.
std::string help(std::string_view name) {
  static const std::map<std::string_view, std::string> kHelp{
      {"signalbox_core_queue", "Messages that wait for the core."},
      {"signalbox_ledger_events", "Events in the ledger."},
      {"signalbox_mirror_age_seconds", "As of how long ago the oldest mirror is."},
      {"signalbox_mirror_bytes_total", "Bytes of files written to mirrors."},
      {"signalbox_mirror_failures_total", "Times that a mirror did not take what it was given."},
      {"signalbox_mirror_files_total", "Files written to mirrors."},
      {"signalbox_mirrors_not_whole", "Mirrors not yet written whole since the start."},
      {"signalbox_open_incidents", "Incidents that are open."},
      {"signalbox_outbox_waiting", "Deliveries whose fate is not known yet."},
      {"signalbox_source_complaints_total", "Readings that made no sense or were missing."},
      {"signalbox_store_trouble", "1 while nothing can be saved."},
      {"signalbox_public_accepted_total", "Connections accepted."},
      {"signalbox_public_connections", "Connections open."},
      {"signalbox_public_lent_bytes_total", "Bytes that went out by reference, not copied."},
      {"signalbox_public_live_streams", "Live streams open."},
      {"signalbox_public_overload_total", "Connections turned away because there were too many."},
      {"signalbox_public_refused_total", "Requests refused as malformed or too large."},
      {"signalbox_public_requests_total", "Requests answered."},
      {"signalbox_public_access_log_dropped_total",
       "Lines of the access log that were dropped: too many waited, or the disk refused them."},
      {"signalbox_public_timed_out_total", "Connections closed at a deadline."},
  };
  const auto found = kHelp.find(name);
  return found == kHelp.end() ? "A figure of the program." : found->second;
}

std::optional<Commanded::What> order_from(const std::string& what) {
  for (const auto known : {Commanded::What::freeze, Commanded::What::thaw, Commanded::What::release,
                           Commanded::What::discard, Commanded::What::go_back}) {
    if (word(known) == what) return known;
  }
  return std::nullopt;
}

/// An order is invalid only when what it names is not there, or is not one thing.
web::ControlAnswer carried_out(Commanded::What order, const std::string& subject,
                               const Status& done) {
  if (done) return {200, dump({{"done", std::string(word(order))}, {"subject", subject}})};
  if (done.error().code == Error::Code::invalid) return refusal(404, done.error().what);
  return answer(done.error());
}

}  // namespace

ControlDesk::ControlDesk(CoreLoop& loop, const web::PublicServer& server, const PushDesk& push,
                         const RenderThread& render, FiguresOf figures)
    : loop_(loop),
      server_(server),
      push_(push),
      render_(render),
      more_figures_(std::move(figures)) {}

web::ControlAnswer ControlDesk::ask_core(std::function<void(Core&, const Reply&)> ask) {
  struct Exchange {
    std::promise<web::ControlAnswer> promise;
    std::atomic<bool> answered{false};
    std::atomic<bool> abandoned{false};
  };
  const auto exchange = std::make_shared<Exchange>();
  const Reply reply = [exchange](web::ControlAnswer given) {
    if (!exchange->answered.exchange(true)) exchange->promise.set_value(std::move(given));
  };
  auto coming = exchange->promise.get_future();
  const bool taken = loop_.post([exchange, reply, ask = std::move(ask)](Core& core) {
    if (!exchange->abandoned) ask(core, reply);
  });
  if (!taken) return refusal(503, "not accepted: the core's queue is full; try again");
  if (coming.wait_for(kPatience) == std::future_status::ready) return coming.get();
  exchange->abandoned = true;
  const std::string why = loop_.trouble();
  return refusal(503,
                 "not accepted: " + (why.empty() ? std::string("the core does not answer") : why) +
                     "; try again with the same id");
}

web::ControlAnswer ControlDesk::post(const std::string& text, const std::string& id) {
  return ask_core([text, id](Core& core, const Reply& reply) {
    core.say(text, id, [reply](const Result<PostOutcome>& outcome) {
      reply(outcome ? web::ControlAnswer{201, outcome->json} : answer(outcome.error()));
    });
  });
}

web::ControlAnswer ControlDesk::readings(const std::string& body) {
  const auto given = push_.check(body);
  if (!given) return refusal(422, given.error().what);
  return ask_core([readings = *given, note = push_.note(*given)](Core& core, const Reply& reply) {
    const Status kept = PushDesk::keep(core, readings);
    nlohmann::json taken = {{"accepted", readings.size()}};
    if (!note.empty()) taken["note"] = note;
    reply(kept ? web::ControlAnswer{201, dump(taken)} : answer(kept.error()));
  });
}

web::ControlAnswer ControlDesk::audit(std::uint64_t after, std::size_t most) {
  return ask_core([after, most](Core& core, const Reply& reply) {
    const std::uint64_t last = core.book().seq;
    const bool newest = after == kNewest;
    const auto rows =
        core.store().rows(newest ? last - std::min<std::uint64_t>(last, most) : after, most);
    if (!rows) return reply(answer(rows.error()));
    std::string body = "[";
    for (const store::Row& row : *rows) {
      const auto event = event_of(row);
      if (!event) continue;
      if (body.size() > 1) body += ",\n";
      body += audit_json(*event);
    }
    reply({200, body + "]"});
  });
}

web::ControlAnswer ControlDesk::board() {
  const SnapshotPtr whole = render_.board();
  if (whole == nullptr) return {503, R"({"error":"nothing has been published yet"})"};
  return {200, web::whole_board(*whole)};
}

web::ControlAnswer ControlDesk::outbox() {
  return ask_core([](Core& core, const Reply& reply) {
    const auto deliveries = core.store().deliveries(kMostDeliveries);
    if (!deliveries) return reply(answer(deliveries.error()));
    json list = json::array();
    for (const Delivery& delivery : *deliveries) list.push_back(delivery_json(delivery));
    reply({200, dump(list)});
  });
}

web::ControlAnswer ControlDesk::held() {
  return ask_core([](Core& core, const Reply& reply) {
    json list = json::array();
    for (const HeldReport& held : core.book().held) list.push_back(held_json(held));
    reply({200, dump(list)});
  });
}

web::ControlAnswer ControlDesk::command(const std::string& what, const std::string& subject) {
  const auto order = order_from(what);
  if (!order) return refusal(400, "there is no order '" + what + "'");
  return ask_core([order = *order, subject](Core& core, const Reply& reply) {
    core.order(
        Commanded{order, subject, "console", std::nullopt},
        [reply, order, subject](const Status& done) { reply(carried_out(order, subject, done)); });
  });
}

void ControlDesk::note_figures(const Core& core) {
  auto figures = core.figures();
  const std::lock_guard lock(mutex_);
  figures_ = std::move(figures);
}

std::string ControlDesk::metrics() {
  std::map<std::string, double> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [name, value] : figures_) all["signalbox_" + name] = value;
  }
  for (const auto& [name, value] : more_figures_()) all["signalbox_" + name] = value;
  all["signalbox_core_queue"] = static_cast<double>(loop_.waiting());
  for (const auto& [name, value] : server_.figures()) all["signalbox_public_" + name] = value;
  std::string text;
  for (const auto& [name, value] : all) {
    text += "# HELP " + name + " " + help(name) + "\n";
    text += "# TYPE " + name + (name.ends_with("_total") ? " counter\n" : " gauge\n");
    text += name + " " + json(value).dump() + "\n";
  }
  return text;
}

}  // namespace signalbox::app
