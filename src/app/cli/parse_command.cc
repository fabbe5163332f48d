#include "app/cli/parse_command.h"

#include <istream>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <variant>

#include "app/cli/check_config.h"
#include "app/prepare.h"
#include "base/text.h"
#include "grammar/parse.h"

namespace signalbox::app {
namespace {

using Json = nlohmann::ordered_json;

Json blank(std::string_view kind) {
  return {{"kind", kind},       {"services", Json::array()}, {"state", nullptr},
          {"phase", nullptr},   {"from", nullptr},           {"until", nullptr},
          {"message", nullptr}, {"suggestion", nullptr}};
}

/// One sentence of the grammar as JSON.
struct Teller {
  const Zone& zone;

  Json operator()(const NotOurs& /*nothing*/) const { return blank("none"); }
  Json operator()(const Question& /*question*/) const { return blank("none"); }
  Json operator()(const Mistake& mistake) const {
    Json json = blank("mistake");
    if (!mistake.suggestion.empty()) json["suggestion"] = mistake.suggestion;
    json["reason"] = mistake.reason;
    json["what"] = mistake.what;
    return json;
  }
  Json operator()(const Report& report) const {
    Json json = blank(report.is_notice() ? "notice" : "report");
    json["services"] = report.services;
    if (report.state) json["state"] = word(*report.state);
    if (report.phase) json["phase"] = word(*report.phase);
    if (report.from) json["from"] = zone.iso(*report.from);
    if (report.until) json["until"] = zone.iso(*report.until);
    json["message"] = report.message;
    return json;
  }
};

/// What `--now` says: an instant, or a time on the page's clock.
std::optional<Time> instant_from(const std::string& text, const Zone& zone) {
  if (const auto instant = parse_iso(text)) return instant;
  const auto local = parse_iso(text + "Z");
  if (!local) return std::nullopt;
  return zone.instant(LocalTime(local->time_since_epoch()));
}

}  // namespace

std::string parsed_json(std::string_view text, const grammar::Lexicon& lexicon, const Zone& zone,
                        Time now) {
  const Json json = std::visit(Teller{zone}, grammar::parse(valid_utf8(text), lexicon, now));
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

int parse_command(const ParseOrder& order, const Clock& clock, std::istream& in, std::ostream& out,
                  std::ostream& err) {
  const auto loaded = config::load(order.config);
  const auto* config = loaded.without_secrets();
  if (config == nullptr) {
    tell(loaded.misfits, err);
    return 2;
  }
  const Zone& zone = config->page.zone;
  const auto now = order.now.empty() ? clock.now() : instant_from(order.now, zone);
  if (!now) {
    err << "--now: not ISO-8601; write it as 2026-12-01T02:00:00+01:00\n";
    return 2;
  }
  const auto lexicon = set_up(*config).plan.lexicon;
  for (const auto& text : order.texts) out << parsed_json(text, lexicon, zone, *now) << '\n';
  if (!order.texts.empty()) return 0;
  for (std::string line; std::getline(in, line);) {
    out << parsed_json(line, lexicon, zone, *now) << '\n';
    if (in.rdbuf()->in_avail() <= 0) out.flush();  // somebody may be waiting for the answer
  }
  return 0;
}

}  // namespace signalbox::app
