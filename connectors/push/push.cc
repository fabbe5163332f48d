// The push kind: readings come by themselves (POST /api/readings, submitted metrics); a source of
// this kind says how often they should.
#include "connectors/registry.h"

namespace signalbox::connectors::push {
namespace {

class Waits final : public Meter {
 public:
  Task<Result<Measured>> poll(std::string cursor) override {
    Measured nothing;
    nothing.cursor = std::move(cursor);
    co_return nothing;
  }
};

std::unique_ptr<Meter> make(const SourceSetup& /*setup*/, World /*world*/) {
  return std::make_unique<Waits>();
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"push", std::chrono::seconds(60), make};

}  // namespace signalbox::connectors::push
