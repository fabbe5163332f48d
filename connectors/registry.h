// Every kind of connector by name: made from connectors.def, so that a new one is one line there.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "connectors/connector.h"
#include "model/account.h"

namespace signalbox::connectors {

/// A kind of network.
struct NetworkKind {
  std::string_view kind;   ///< as in the configuration
  std::string_view label;  ///< as on the page
  AccountPolicy defaults;  ///< link_public, thread_replies, notices of this kind
  Duration poll;           ///< default interval
  /// Never null. Mistakes of settings are noted in `setup.settings`; the world is only used after.
  std::unique_ptr<Network> (*make)(const AccountSetup& setup, World world);
  /// The address where followers find the account, "" when it is not known; null: kinds without.
  std::string (*profile)(const AccountSetup& setup) = nullptr;
};

/// A kind of source, or of check.
struct MeterKind {
  std::string_view kind;
  Duration every;  ///< default interval
  std::unique_ptr<Meter> (*make)(const SourceSetup& setup, World world);
  Duration lag{};  ///< how much later than others its numbers come: stale_after is so much longer
};

/// Null when there is no such kind.
const NetworkKind* network_kind(std::string_view kind);
const MeterKind* meter_kind(std::string_view kind);
const MeterKind* check_kind(std::string_view kind);
/// All names, for error messages.
std::vector<std::string_view> network_kinds();
std::vector<std::string_view> meter_kinds();
std::vector<std::string_view> check_kinds();

}  // namespace signalbox::connectors
