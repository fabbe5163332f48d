// What the core works by: the configuration turned into the plain values that each step of the line
// needs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "announce/announce.h"
#include "board/board.h"
#include "grammar/lexicon.h"
#include "ledger/ledger.h"
#include "model/account.h"
#include "model/check_rules.h"
#include "model/service.h"
#include "model/snapshot.h"

namespace signalbox::app {

/// How long what was measured is kept (docs/operations.md).
struct Retention {
  Duration readings = std::chrono::days(2);
  Duration minutes = std::chrono::days(14);
  Duration hours = std::chrono::days(400);
  std::optional<Duration> days;  ///< none: for ever
};

/// Made from a configuration; a reload makes a new one and hands it over whole.
struct Plan {
  std::vector<Service> services;
  std::map<std::string, Duration> intervals;  ///< of each measured service's source, or its checks
  std::map<std::string, CheckRules> check_rules;  ///< of each check, by its source name
  std::map<std::string, std::vector<std::string>>
      sources;  ///< what measures each service, for the page
  std::map<std::string, std::vector<DrawnMetric>> metrics;  ///< what the page draws of each
  std::vector<AccountPolicy> accounts;                      ///< in the order of the configuration
  std::string local_account;                                ///< id of the local account
  grammar::Lexicon lexicon{{}, Zone()};
  ledger::Rules rules;
  announce::Habits habits;
  PageFacts page;
  Retention retention;
  Duration past = board::kShown;  ///< how long resolved incidents stay on the board
  /// The past gone through again: nothing is kept, events are told to Surroundings::saw instead,
  /// and the board, which nobody reads, is made anew only when a state has changed.
  bool replayed = false;

  const AccountPolicy* account(std::string_view id) const;
};

}  // namespace signalbox::app
