// From the configuration to what each part works by: the core's plan, and the connectors with their
// settings. Also finds the mistakes that only the grammar and the connectors know.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/core/plan.h"
#include "config/config.h"
#include "connectors/registry.h"

namespace signalbox::app {

/// The core's plan: policies with each kind's defaults, thresholds (stale_after from the source's
/// interval unless said), lexicon with all handles, rules, habits, page facts with follow links.
Plan make_plan(const config::Config& config);

/// An account ready to be made: `kind` is never null in what setups() gives without misfits.
struct AccountReady {
  const connectors::NetworkKind* kind = nullptr;
  connectors::AccountSetup setup;
  Duration poll{};
  std::string cursor_of;    ///< "KIND BASE_URL ACCOUNT": the store's name for how far it was read
  std::string fingerprint;  ///< equal for an unchanged entry: a reload leaves it alone
};

/// A source ready to be made.
struct SourceReady {
  const connectors::MeterKind* kind = nullptr;
  connectors::SourceSetup setup;
  std::string cursor_of;
  std::string fingerprint;
};

/// All connectors of a configuration, and what is wrong with them: unknown kinds, settings the
/// connectors refuse or do not know, clashes of the grammar, check kinds no build knows. Makes each
/// connector once, with a world that does nothing, to have its settings read.
struct Setups {
  std::vector<AccountReady> accounts;
  std::vector<SourceReady> sources;
  std::vector<config::Misfit> misfits;  ///< by line
};
Setups setups(const config::Config& config);

/// load() and setups() in one: a configuration only when nothing at all is wrong with it.
struct Checked {
  std::optional<config::Config> config;
  Setups setups;
  std::vector<config::Misfit> misfits;  ///< by line; empty exactly when there is a config
};
Checked check(const std::string& path);

}  // namespace signalbox::app
