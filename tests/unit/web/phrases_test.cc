// What pages say, in each language: the same facts, as that language writes them.
#include "web/documents/phrases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/web/samples.h"
#include "web/documents/say.h"
#include "web/documents/times.h"

namespace signalbox::web {
namespace {

const Language& in(const std::string& code) { return *language(code); }

std::string bare(std::string text) {
  for (const char* mark : {"\u2068", "\u2069", "\u200e"}) text = replace_all(text, mark, "");
  return text;
}

TEST(Say, FillsBlanksOnceAndLeavesWhatItDoesNotKnow) {
  EXPECT_EQ(say(english(), "who.on", {{"author", "{network}"}, {"network", "Mastodon"}}),
            "{network} on Mastodon")
      << "what comes from outside is no message";
  EXPECT_EQ(say(english(), "who.on", {{"author", "Ada"}}), "Ada on {network}");
  EXPECT_EQ(say_count(english(), "headline.down", 1, {{"who", "{count}"}}), "{count} is down");
}

TEST(Say, WritesNumbersAsTheLanguageDoes) {
  EXPECT_EQ(number_text(english(), 1234567), "1,234,567");
  EXPECT_EQ(number_text(in("de"), 1234567), "1.234.567");
  EXPECT_EQ(number_text(in("fr"), 12400), "12\u202f400");
  EXPECT_EQ(share(english(), 99987, 100000), "99.987%");
  EXPECT_EQ(share(in("de"), 99987, 100000), "99,987\u00a0%");
  EXPECT_EQ(share(in("ja"), 99987, 100000), "99.987%");
  EXPECT_EQ(bare(share(in("ar"), 99987, 100000)), "99.987%");
  EXPECT_EQ(share(in("fr"), 1, 1), "100,00\u00a0%");
  EXPECT_EQ(share(in("es"), 999999, 1000000), "99,999\u00a0%") << "cut, never rounded";
}

TEST(Say, ListsNames) {
  EXPECT_EQ(and_list(english(), {"A"}), "A");
  EXPECT_EQ(and_list(english(), {"A", "B", "C"}), "A, B and C");
  EXPECT_EQ(and_list(in("de"), {"A", "B", "C"}), "A, B und C");
  EXPECT_EQ(and_list(in("ja"), {"A", "B", "C"}), "A、B、C");
  EXPECT_EQ(bare(and_list(in("ar"), {"A", "B"})), "A وB");
  EXPECT_EQ(and_list(in("ar"), {"A"}), "\u2068A\u2069") << "kept from mixing with what is around";
  EXPECT_EQ(and_list(english(), {}), "");
  EXPECT_EQ(speaker(in("ar"), {}, false), "") << "nobody is no name";
}

TEST(Times, AreWrittenAsTheLanguageDoes) {
  Snapshot snapshot = samples::bad_night();
  snapshot.page.zone = Zone::find("Europe/Paris").value();
  const Time t = samples::at("2026-11-21T03:12:00Z");
  const auto say_when = [&](const std::string& code) { return when({snapshot, {}, in(code)}, t); };
  EXPECT_EQ(say_when("en"), "2026-11-21 04:12 CET");
  EXPECT_EQ(say_when("de"), "21.11.2026, 04:12 CET");
  EXPECT_EQ(say_when("fr"), "21/11/2026 04:12 CET");
  EXPECT_EQ(say_when("ja"), "2026/11/21 04:12 CET");
  EXPECT_EQ(long_date(english(), "2026-11-21"), "Saturday, 21 November 2026");
  EXPECT_EQ(long_date(in("de"), "2026-11-21"), "Samstag, 21. November 2026");
  EXPECT_EQ(long_date(in("es"), "2026-11-21"), "sábado, 21 de noviembre de 2026");
  EXPECT_EQ(long_date(in("ja"), "2026-11-21"), "2026年11月21日(土)");
  EXPECT_EQ(long_date(in("ar"), "2026-11-21"), "السبت، 21 نوفمبر 2026");
  EXPECT_EQ(long_date(in("de"), "nonsense"), "nonsense");
  EXPECT_EQ(short_date(in("de"), t), "21. Nov.");
}

TEST(Times, SayLengthsInOneUnitOrInHoursAndMinutes) {
  using namespace std::chrono_literals;
  EXPECT_EQ(exact_length(english(), 90s), "90 s");
  EXPECT_EQ(exact_length(english(), 5min), "5 min");
  EXPECT_EQ(exact_length(english(), 120min), "2 h");
  EXPECT_EQ(exact_length(english(), 119min), "119 min");
  EXPECT_EQ(exact_length(english(), 1347min), "22 h 27 min");
  EXPECT_EQ(exact_length(in("de"), 1347min), "22\u00a0Std. 27\u00a0Min.");
  EXPECT_EQ(exact_length(english(), 24h), "1 day");
  EXPECT_EQ(exact_length(english(), 1500ms), "1500 ms");
  EXPECT_EQ(seconds_text(in("de"), 9000), "2,5\u00a0Std.");
  EXPECT_EQ(long_length(in("ar"), 48h), "48 س");
  EXPECT_EQ(long_length(in("ar"), 96h), "4 أيام");
  EXPECT_EQ(took_text(in("fr"), 1250ms), "1,25\u00a0s");
}

TEST(Measured, ReachesBackInWholeMinutes) {
  const Snapshot snapshot = samples::bad_night();
  Measurement measured;
  measured.state = State::issue;
  measured.at = samples::at("2026-11-21T03:12:00Z");
  measured.good = 972;
  measured.total = 1000;
  measured.window = std::chrono::seconds(307);
  measured.fresh = true;
  EXPECT_THAT(measured_text({snapshot}, measured), testing::HasSubstr(" in 5 min"));
}

TEST(Headline, SaysTheSameInEveryLanguage) {
  Snapshot snapshot;
  snapshot.services = {samples::service("API", State::down), samples::service("JS", State::issue),
                       samples::service("DB", State::up)};
  for (ServiceView& one : snapshot.services) one.name = one.id;
  EXPECT_EQ(headline(english(), snapshot), "API is down; JS has issues.");
  EXPECT_EQ(headline(in("de"), snapshot), "API ist ausgefallen; JS ist gestört.");
  EXPECT_EQ(headline(in("fr"), snapshot), "API est hors service ; JS est perturbé.");
  EXPECT_EQ(headline(in("es"), snapshot), "API está fuera de servicio; JS tiene problemas.");
  EXPECT_EQ(headline(in("ja"), snapshot), "APIが停止しています。JSで障害が発生しています。");
  EXPECT_EQ(bare(headline(in("ar"), snapshot)), "API متوقفة عن العمل؛ JS تواجه مشكلات.");
  for (ServiceView& one : snapshot.services) one.state = State::up;
  EXPECT_EQ(headline(in("de"), snapshot), "Alle Dienste sind in Betrieb.");
  EXPECT_EQ(headline(in("ja"), Snapshot{}), "サービスは設定されていません。");
}

TEST(Headline, IsCountedWhereTheServicesAreNamedBesideIt) {
  Snapshot snapshot;
  for (const State state : {State::maint, State::issue, State::down, State::issue, State::up}) {
    snapshot.services.push_back(samples::service("S", state));
  }
  EXPECT_EQ(counted_headline(english(), snapshot), "1 down, 2 with issues, 1 in maintenance.");
  EXPECT_EQ(counted_headline(in("de"), snapshot), "1 ausgefallen, 2 gestört, 1 in Wartung.");
  EXPECT_EQ(counted_headline(in("ja"), snapshot), "停止1件、一部障害2件、メンテナンス1件。");
  for (ServiceView& service : snapshot.services) service.state = State::up;
  EXPECT_EQ(counted_headline(english(), snapshot), "All services are up.") << "nothing to count";
}

TEST(Headline, CountsByTheLanguagesOwnRules) {
  Snapshot snapshot;
  for (int i = 0; i < 12; ++i) {
    snapshot.services.push_back(samples::service("S" + std::to_string(i), State::up));
    if (i < 5) snapshot.services.back().state = State::down;
  }
  EXPECT_EQ(headline(english(), snapshot), "5 of 12 services are down.");
  EXPECT_EQ(headline(in("de"), snapshot), "5 von 12 Diensten sind ausgefallen.");
  EXPECT_EQ(headline(in("ja"), snapshot), "12件中5件のサービスが停止しています。");
  for (ServiceView& one : snapshot.services) one.state = State::up;
  for (int i = 0; i < 2; ++i) {
    auto open = samples::incident("aaaaaaaaaaa" + std::to_string(i), "S1", samples::now(), true);
    snapshot.incidents = SharedIncidents({});
    std::vector<IncidentPtr> both(static_cast<std::size_t>(i + 1),
                                  std::make_shared<const Incident>(open));
    snapshot.incidents = SharedIncidents(std::move(both));
  }
  EXPECT_EQ(headline(english(), snapshot), "All services are up; 2 incidents are still open.");
  EXPECT_EQ(headline(in("ar"), snapshot), "جميع الخدمات تعمل؛ ما زال حادثان مفتوحين.");
}

/// Standings as src/standing makes them, with the note it gives them.
std::vector<Standing> noted() {
  Statement up;
  up.state = State::up;
  Statement down = up;
  down.state = State::down;
  Measurement bad{State::down, samples::now(), 62, 100, std::chrono::minutes(5), true, ""};
  Measurement none = bad;
  none.state = State::unknown;
  Measurement stale = none;
  stale.fresh = false;
  return {
      {State::down, "stated_in_maintenance", "during maintenance", down, {}},
      {State::up, "nobodys_word", "no trouble reported", {}, {}},
      {State::up, "stated_covers_gap", "measured UNKNOWN", up, stale},
      {State::down, "stated_unmeasured", "measured UNKNOWN", down, stale},
      {State::up, "stated_until", "UP by staff's word; measured 62 %", up, bad},
      {State::up, "stated_until", "UP by staff's word; measured UNKNOWN", up, none},
      {State::down, "measured_worse", "stated UP; measured 62 %", up, bad},
      {State::unknown, "too_few_requests", "too few requests", {}, none},
      {State::unknown, "stale", "no fresh measurement", {}, stale},
      {State::down, "measured", "", {}, bad},
  };
}

TEST(Notes, SayWhatTheMergeSays) {
  for (const Standing& standing : noted()) {
    EXPECT_EQ(note_text(english(), standing), standing.note);
    if (standing.note.empty()) continue;
    for (const Language& one : languages()) {
      if (&one == &english()) continue;
      EXPECT_NE(note_text(one, standing), standing.note) << one.code() << " " << standing.reason;
    }
  }
  EXPECT_EQ(note_text(in("de"), noted()[6]), "gemeldet: In Betrieb; gemessen: 62\u00a0%");
}

TEST(Reasons, AreNamedWhereTheyAreKnown) {
  EXPECT_EQ(reason_text(english(), "measured_worse"), "The measurement is worse than staff's word");
  EXPECT_EQ(reason_text(in("fr"), "stale"), "mesure périmée");
  EXPECT_EQ(reason_text(in("fr"), "what_comes_next"), "what comes next");
}

}  // namespace
}  // namespace signalbox::web
