// The sentence at the top of the page.
#include <algorithm>

#include "base/text.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// At most this many services are named; more are counted.
constexpr std::size_t kNamed = 3;

std::vector<std::string> named(const Snapshot& snapshot, State state) {
  std::vector<std::string> names;
  for (const ServiceView& view : snapshot.services) {
    if (view.state == state) names.push_back(shown(view.name));
  }
  return names;
}

/// "API", "API and JS", "5 of 12 services".
std::string subject(const std::vector<std::string>& names, std::size_t all) {
  if (names.size() > kNamed) {
    return std::to_string(names.size()) + " of " + std::to_string(all) + " services";
  }
  if (names.size() == 1) return names[0];
  const std::vector<std::string> first(names.begin(), names.end() - 1);
  return join(first, ", ") + " and " + names.back();
}

/// "API is down", "API and JS are down"; "" when none is.
std::string clause(const Snapshot& snapshot, State state, std::string_view one,
                   std::string_view many) {
  const auto names = named(snapshot, state);
  if (names.empty()) return {};
  const auto all = snapshot.services.size();
  if (names.size() == all && all > 1) return "All services " + std::string(many);
  return subject(names, all) + " " + std::string(names.size() == 1 ? one : many);
}

std::string still_open(const Snapshot& snapshot) {
  const auto open = std::ranges::count_if(snapshot.incidents, &Incident::open);
  if (open == 0) return {};
  return open == 1 ? "one incident is still open"
                   : std::to_string(open) + " incidents are still open";
}

}  // namespace

std::string headline(const Snapshot& snapshot) {
  if (snapshot.services.empty()) return "No services are configured.";
  std::vector<std::string> clauses = {
      clause(snapshot, State::down, "is down", "are down"),
      clause(snapshot, State::issue, "has issues", "have issues"),
      clause(snapshot, State::unknown, "cannot be measured", "cannot be measured"),
      clause(snapshot, State::maint, "is under maintenance", "are under maintenance"),
  };
  std::erase(clauses, "");
  if (!clauses.empty()) return join(clauses, "; ") + ".";
  const std::string open = still_open(snapshot);
  const std::string up = snapshot.services.size() == 1 ? shown(snapshot.services[0].name) + " is up"
                                                       : "All services are up";
  return open.empty() ? up + "." : up + "; " + open + ".";
}

}  // namespace signalbox::web
