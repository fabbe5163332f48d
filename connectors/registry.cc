#include "connectors/registry.h"

namespace signalbox::connectors {

#define NETWORK(folder)           \
  namespace folder {              \
  extern const NetworkKind kKind; \
  }
#define METER(folder)           \
  namespace folder {            \
  extern const MeterKind kKind; \
  }
#define CHECK(folder) METER(folder)
#include "connectors/connectors.def"
#undef NETWORK
#undef METER
#undef CHECK

namespace {

#define NETWORK(folder) &folder::kKind,
#define METER(folder)
#define CHECK(folder)
const std::vector<const NetworkKind*>& networks() {
  static const std::vector<const NetworkKind*> kAll = {
#include "connectors/connectors.def"
  };
  return kAll;
}
#undef NETWORK
#undef METER
#define NETWORK(folder)
#define METER(folder) &folder::kKind,
const std::vector<const MeterKind*>& meters() {
  static const std::vector<const MeterKind*> kAll = {
#include "connectors/connectors.def"
  };
  return kAll;
}
#undef METER
#undef CHECK
#define METER(folder)
#define CHECK(folder) &folder::kKind,
const std::vector<const MeterKind*>& checks() {
  static const std::vector<const MeterKind*> kAll = {
#include "connectors/connectors.def"
  };
  return kAll;
}
#undef NETWORK
#undef METER
#undef CHECK

template <typename Kind>
const Kind* find_kind(const std::vector<const Kind*>& kinds, std::string_view name) {
  for (const Kind* kind : kinds) {
    if (kind->kind == name) return kind;
  }
  return nullptr;
}

template <typename Kind>
std::vector<std::string_view> names(const std::vector<const Kind*>& kinds) {
  std::vector<std::string_view> all;
  for (const Kind* kind : kinds) all.push_back(kind->kind);
  return all;
}

}  // namespace

const NetworkKind* network_kind(std::string_view kind) { return find_kind(networks(), kind); }
const MeterKind* meter_kind(std::string_view kind) { return find_kind(meters(), kind); }
const MeterKind* check_kind(std::string_view kind) { return find_kind(checks(), kind); }
std::vector<std::string_view> network_kinds() { return names(networks()); }
std::vector<std::string_view> meter_kinds() { return names(meters()); }
std::vector<std::string_view> check_kinds() { return names(checks()); }

}  // namespace signalbox::connectors
