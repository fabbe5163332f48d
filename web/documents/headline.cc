// The sentence at the top of the page.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"

namespace signalbox::web {
namespace {

/// At most this many services are named; more are counted.
constexpr std::size_t kNamed = 3;
/// States that are told of, worst first.
constexpr std::array kToldOf = {State::down, State::issue, State::unknown, State::maint};

std::vector<std::string> names_in(const Snapshot& snapshot, State state) {
  std::vector<std::string> names;
  for (const ServiceView& view : snapshot.services) {
    if (view.state == state) names.push_back(shown(view.name));
  }
  return names;
}

/// "API is down", "API and JS are down", "5 of 12 services are down", "All services are down"; ""
/// when none is.
std::string clause(const Language& language, const Snapshot& snapshot, State state) {
  const auto names = names_in(snapshot, state);
  const auto count = static_cast<long long>(names.size());
  const auto all = static_cast<long long>(snapshot.services.size());
  const std::string key = "headline." + css_class(state);
  if (names.empty()) return {};
  if (count == all && all > 1) return language.text(key + ".all");
  if (names.size() <= kNamed) {
    return say_count(language, key, count, {{"who", and_list(language, names)}});
  }
  return say_count(language, key + ".of", count, {{"all", number_text(language, all)}});
}

/// The clauses as one sentence: only what a message begins may begin small.
std::string sentence(const Language& language, std::vector<std::string> clauses) {
  std::erase(clauses, "");
  return join(clauses, language.text("headline.join")) + language.text("headline.end");
}

}  // namespace

std::string headline(const Snapshot& snapshot) { return headline(english(), snapshot); }

std::string headline(const Language& language, const Snapshot& snapshot) {
  if (snapshot.services.empty()) return language.text("headline.no_services");
  std::vector<std::string> clauses;
  for (const State state : kToldOf) {
    const std::string trouble = clause(language, snapshot, state);
    if (!trouble.empty()) clauses.push_back(trouble);
  }
  if (!clauses.empty()) return sentence(language, std::move(clauses));
  const auto open = std::ranges::count_if(snapshot.incidents, &Incident::open);
  return sentence(language, {clause(language, snapshot, State::up),
                             open == 0 ? "" : say_count(language, "headline.open", open)});
}

std::string counted_headline(const Language& language, const Snapshot& snapshot) {
  std::vector<std::string> counts;
  for (const State state : kToldOf) {
    const auto count = std::ranges::count(snapshot.services, state, &ServiceView::state);
    if (count == 0) continue;
    counts.push_back(say_count(language, "headline.count." + css_class(state), count));
  }
  if (counts.empty()) return headline(language, snapshot);
  return join(counts, language.text("list.comma")) + language.text("headline.end");
}

}  // namespace signalbox::web
