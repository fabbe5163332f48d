#include "connectors/registry.h"

#include <array>

namespace signalbox::connectors {

#define NETWORK(folder) \
  namespace folder {    \
  extern const NetworkKind kKind; \
  }
#define METER(folder) \
  namespace folder {  \
  extern const MeterKind kKind; \
  }
#include "connectors/connectors.def"
#undef NETWORK
#undef METER

namespace {

#define NETWORK(folder) &folder::kKind,
#define METER(folder)
const NetworkKind* const kNetworks[] = {
#include "connectors/connectors.def"
};
#undef NETWORK
#undef METER
#define NETWORK(folder)
#define METER(folder) &folder::kKind,
const MeterKind* const kMeters[] = {
#include "connectors/connectors.def"
};
#undef NETWORK
#undef METER

template <typename Kinds>
auto find_kind(const Kinds& kinds, std::string_view name) -> decltype(kinds[0]) {
  for (const auto& kind : kinds) {
    if (kind->kind == name) return kind;
  }
  static const std::remove_cvref_t<decltype(kinds[0])> kNone = nullptr;
  return kNone;
}

template <typename Kinds>
std::vector<std::string_view> names(const Kinds& kinds) {
  std::vector<std::string_view> all;
  for (const auto& kind : kinds) all.push_back(kind->kind);
  return all;
}

}  // namespace

const NetworkKind* network_kind(std::string_view kind) { return find_kind(kNetworks, kind); }
const MeterKind* meter_kind(std::string_view kind) { return find_kind(kMeters, kind); }
std::vector<std::string_view> network_kinds() { return names(kNetworks); }
std::vector<std::string_view> meter_kinds() { return names(kMeters); }

}  // namespace signalbox::connectors
