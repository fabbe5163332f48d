#include "web/documents/phrases.h"

#include <cmath>

#include "base/text.h"
#include "web/documents/say.h"
#include "web/documents/times.h"

namespace signalbox::web {
namespace {

const std::string& named(const Language& language, std::string_view kind, std::string_view name) {
  return language.text(std::string(kind) + to_lower(name));
}

/// `62 %`, as sentences have it.
std::string spaced_percent(const Language& language, std::string_view digits) {
  return say(language, "percent.spaced", {{"n", figure_text(language, digits)}});
}

/// "5 min"; what is shorter than two, and no whole one: "90 s".
std::string length(const Language& language, Duration d) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(d);
  const auto minutes = std::chrono::round<std::chrono::minutes>(seconds);
  const bool in_minutes = minutes == seconds || seconds > std::chrono::minutes(2);
  return exact_length(language, in_minutes ? Duration(minutes) : Duration(seconds));
}

std::string of_how_many(const Edition& edition, const Measurement& measured) {
  const Language& language = edition.language;
  const bool tries = measured.window == Duration(0);
  const std::string key = tries ? "share.tries" : "share.requests";
  const std::string digits = percent(measured.good, measured.total, 1);
  const std::string part = spaced_percent(language, digits);
  const std::string share =
      edition.snapshot.page.show_counts
          ? say_count(language, key, std::llround(measured.total), {{"share", part}})
          : say(language, key, {{"share", part}});
  if (tries) return share;
  return say(language, "share.within",
             {{"share", share}, {"length", length(language, measured.window)}});
}

/// `62 %`; the state's word where there is no share to tell.
std::string figure(const Language& language, const Measurement& m) {
  if (m.total <= 0 || m.state == State::unknown) return state_word(language, m.state);
  std::string digits = percent(m.good, m.total, 1);
  if (digits.ends_with(".0")) digits.resize(digits.size() - 2);
  return spaced_percent(language, digits);
}

}  // namespace

const std::string& state_word(const Language& language, State state) {
  return named(language, "state.", word(state));
}

const std::string& phase_word(const Language& language, Phase phase) {
  return named(language, "phase.", word(phase));
}

const std::string& phase_of(const Language& language, const Incident& incident) {
  if (incident.postmortem) return phase_word(language, Phase::postmortem);
  return phase_word(language, incident.open() ? incident.phase : Phase::resolved);
}

const std::string& stage_word(const Language& language, Stage stage) {
  switch (stage) {
    case Stage::upcoming:
      return language.text("stage.upcoming");
    case Stage::running:
      return language.text("stage.running");
    case Stage::over:
      break;
  }
  return language.text("stage.over");
}

std::string share(const Language& language, double good, double total) {
  const std::string digits = percent(good, total, 3);
  return percent_text(language, digits == "100" ? "100.00" : digits);
}

std::string trouble_words(const Language& language, const PageFacts& page,
                          const OwnTrouble& banner) {
  switch (banner.kind) {
    case OwnTrouble::Kind::unread:
      return language.text("banner.unread");
    case OwnTrouble::Kind::unsaved:
      break;
  }
  return say(language, "banner.unsaved", {{"time", page.zone.clock_text(banner.since)}});
}

std::string speaker(const Language& language, const Source& source, bool automatic) {
  if (automatic) return language.text("who.measured");
  if (source.network.empty()) return isolated(language, shown(source.author));
  if (source.author.empty()) return isolated(language, shown(source.network));
  return say(language, "who.on",
             {{"author", isolated(language, shown(source.author))},
              {"network", isolated(language, shown(source.network))}});
}

std::string measured_text(const Edition& edition, const Measurement& measured) {
  const Language& language = edition.language;
  const bool ever = measured.at != Time{};
  if (measured.state == State::unknown || !measured.fresh) {
    return language.text(ever ? "measured.stale" : "measured.never");
  }
  const std::string& state = state_word(language, measured.state);
  if (measured.total <= 0) return say(language, "measured.state", {{"state", state}});
  return say(language, "measured.share",
             {{"state", state}, {"share", of_how_many(edition, measured)}});
}

std::string note_text(const Language& language, const Standing& standing) {
  const std::string& reason = standing.reason;
  const auto& measured = standing.measured;
  if (standing.note.empty()) return {};
  if (reason == "stated_in_maintenance") return language.text("note.in_maintenance");
  if (reason == "nobodys_word") return language.text("note.nobodys_word");
  if (reason == "stated_unmeasured" || reason == "stated_covers_gap") {
    return language.text("note.unmeasured");
  }
  if (reason == "stated_until" && measured) {
    return say(
        language, "note.set_aside",
        {{"state", state_word(language, State::up)}, {"figure", figure(language, *measured)}});
  }
  if ((reason == "measured_worse" || reason == "stated_worse") && measured && standing.stated) {
    return say(language, "note.both",
               {{"state", state_word(language, standing.stated->state)},
                {"figure", figure(language, *measured)}});
  }
  if (standing.state == State::unknown && measured) {
    return language.text(measured->fresh ? "note.too_few" : "note.not_fresh");
  }
  return standing.note;
}

std::string reason_text(const Language& language, std::string_view reason) {
  const auto& messages = language.messages();
  const auto found = messages.find("reason." + std::string(reason));
  return found != messages.end() ? found->second : replace_all(std::string(reason), "_", " ");
}

}  // namespace signalbox::web
