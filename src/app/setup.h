// From the configuration to what each part works by: the core's plan, and every connector with its
// settings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/core/plan.h"
#include "app/push/push_plan.h"
#include "config/config.h"
#include "connectors/registry.h"

namespace signalbox::app {

/// An account ready to be made by its kind.
struct AccountWork {
  const connectors::NetworkKind* kind = nullptr;
  connectors::AccountSetup setup;
  Duration poll{};
  std::string cursor_of;  ///< the store's name for how far it was read: kind, address, account
  std::uint64_t fingerprint = 0;  ///< equal for an unchanged entry: a reload leaves it alone
};

/// A source ready to be made by its kind, with what it is asked about each service; or a check,
/// which is asked about its own.
struct SourceWork {
  const connectors::MeterKind* kind = nullptr;
  connectors::SourceSetup setup;
  std::string cursor_of;
  std::uint64_t fingerprint = 0;
};

/// Everything the program is built from.
struct Setup {
  Plan plan;
  std::vector<AccountWork> accounts;
  std::vector<SourceWork> sources;
  std::vector<SourceWork> checks;  ///< by service and in the order they stand there
  PushPlan push;
};

/// Turns a configuration into what it means: each kind's defaults filled in, thresholds
/// (stale_after from the source's interval unless said), the lexicon with all handles, rules,
/// habits, and the page's facts with its follow links. Entries of an unknown kind are left out;
/// prepare() (app/prepare.h) finds them.
Setup set_up(const config::Config& config);

}  // namespace signalbox::app
