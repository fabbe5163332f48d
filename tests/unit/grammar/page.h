// The page that the grammar's tests speak of, and short ways to ask what a post means on it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/text.h"
#include "grammar/parse.h"

namespace signalbox::grammar {

/// API and JS (group "Core"), BALANCED-JS (group "EU West"), DB; `rest` is an alias of API. Paris,
/// handle `status`.
inline std::vector<Service> services() {
  return {Service{.id = "API",
                  .name = "Public API",
                  .group = "Core",
                  .aliases = {"rest"},
                  .thresholds = {}},
          Service{.id = "JS", .name = "Scripts", .group = "Core", .aliases = {}, .thresholds = {}},
          Service{.id = "BALANCED-JS",
                  .name = "Balanced",
                  .group = "EU West",
                  .aliases = {},
                  .thresholds = {}},
          Service{.id = "DB", .name = "Database", .group = "", .aliases = {}, .thresholds = {}}};
}

inline const Lexicon& page() {
  static const Lexicon kPage(services(), Zone::find("Europe/Paris").value_or(Zone()),
                             {"status", "ops@chat.example"});
  return kPage;
}

inline Time at(std::string_view iso) { return parse_iso(iso).value_or(Time{}); }

inline Sentence say(std::string_view text, std::string_view now = "2026-11-21T04:30:00Z") {
  return parse(text, page(), at(now));
}

/// What a post means, on one line: `report API,JS DOWN - "message"`, `mistake unknown_word → …`,
/// `none`.
inline std::string meaning(const Sentence& sentence) {
  if (const auto* report = std::get_if<Report>(&sentence)) {
    return std::string(report->is_notice() ? "notice " : "report ") + join(report->services, ",") +
           " " + std::string(report->state ? word(*report->state) : "-") + " " +
           std::string(report->phase ? word(*report->phase) : "-") + " \"" + report->message + "\"";
  }
  if (const auto* mistake = std::get_if<Mistake>(&sentence)) {
    return "mistake " + mistake->reason + " > " + mistake->suggestion;
  }
  if (const auto* question = std::get_if<Question>(&sentence)) {
    return "question " + join(question->services, ",");
  }
  return "none";
}

struct Row {
  std::string_view text;
  std::string_view means;
};

}  // namespace signalbox::grammar
