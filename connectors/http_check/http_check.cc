// The http check: asks a URL, and judges the answer by its status, body and time.
#include "connectors/check.h"
#include "connectors/http_check/asked.h"
#include "connectors/http_check/visit.h"
#include "connectors/registry.h"

namespace signalbox::connectors::http_check {
namespace {

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  return std::make_unique<Check>(setup, std::make_unique<Visit>(read_asked(setup), world), world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"http", std::chrono::seconds(30), make};

}  // namespace signalbox::connectors::http_check
