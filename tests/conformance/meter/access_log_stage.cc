// An access log: lines are appended as requests end.
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>

#include "tests/conformance/meter/meter_stage.h"

namespace signalbox::connectors::access_log {
namespace {

class Stage final : public testing::MeterStage {
 public:
  Stage() {
    char name[] = "/tmp/signalbox-access-XXXXXX";
    close(mkstemp(name));
    path_ = name;
  }
  ~Stage() override { unlink(path_.c_str()); }
  SourceSetup setup() override { return setup_of({{"path", path_}}, {{"match", "^/$service/"}}); }
  bool over_http() const override { return false; }
  void counts(const std::string& service, Time instant, const testing::Said& said) override {
    std::ofstream log(path_, std::ios::app);
    const auto at = std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
    const std::time_t seconds = at - 30;
    char written[64];
    std::strftime(written, sizeof written, "%d/%b/%Y:%H:%M:%S +0000", std::gmtime(&seconds));
    for (int n = 0; n < static_cast<int>(said.total.value_or(0)); ++n) {
      log << "127.0.0.1 - - [" << written << "] \"GET /svc" << service << "/ HTTP/1.1\" "
          << (n < static_cast<int>(said.good.value_or(0)) ? 200 : 500) << " 3 \"-\" \"-\" 0.002\n";
    }
  }

 private:
  std::string path_;
};

}  // namespace

std::unique_ptr<testing::MeterStage> make_meter_stage() { return std::make_unique<Stage>(); }

}  // namespace signalbox::connectors::access_log
