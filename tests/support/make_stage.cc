// Apart from stage.cc, so that only programs that ask for stages by name must link every
// connector's.
#include "base/check.h"
#include "tests/support/stage.h"

namespace signalbox::connectors {

#define NETWORK(folder)                                                      \
  namespace folder {                                                         \
  std::unique_ptr<signalbox::testing::Stage> make_stage(const Clock& clock); \
  }
#define METER(folder)
#define CHECK(folder)
#include "connectors/connectors.def"
#undef NETWORK
#undef METER
#undef CHECK

}  // namespace signalbox::connectors

namespace signalbox::testing {

std::unique_ptr<Stage> make_stage(std::string_view kind, const Clock& clock) {
#define NETWORK(folder) \
  if (kind == #folder) return connectors::folder::make_stage(clock);
#define METER(folder)
#define CHECK(folder)
#include "connectors/connectors.def"
#undef NETWORK
#undef METER
#undef CHECK
  broken_promise("a stage of an unknown kind was asked for");
}

}  // namespace signalbox::testing
