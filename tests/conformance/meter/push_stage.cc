// Pushed readings: whoever counts them calls us.
#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::push {
namespace {

class Stage final : public testing::MeterStage {
 public:
  SourceSetup setup() override { return setup_of({}, {}); }
  bool is_asked() const override { return false; }
  bool over_http() const override { return false; }
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage();
std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::push
