#include "tests/conformance/meter/meter_stage.h"

#include "base/check.h"
#include "base/text.h"

namespace signalbox {

#define NETWORK(folder)
#define CHECK(folder)
#define METER(folder)                                      \
  namespace connectors::folder {                           \
  std::unique_ptr<testing::MeterStage> make_meter_stage(); \
  }
#include "connectors/connectors.def"
#undef METER

namespace testing {
namespace {

connectors::Settings settings(const std::map<std::string, std::string>& texts,
                              const std::string& service) {
  std::map<std::string, connectors::Setting> all;
  for (const auto& [key, text] : texts) {
    all[key] = {replace_all(text, "$service", "svc" + service), {}, 1, 1};
  }
  return connectors::Settings(std::move(all));
}

}  // namespace

std::unique_ptr<MeterStage> make_meter_stage(std::string_view kind) {
#define METER(folder) \
  if (kind == #folder) return connectors::folder::make_meter_stage();
#include "connectors/connectors.def"
#undef METER
  check(false, "a meter has a stage");
  return nullptr;
}

connectors::SourceSetup MeterStage::setup_of(
    const std::map<std::string, std::string>& of_source,
    const std::map<std::string, std::string>& of_service) const {
  connectors::SourceSetup setup;
  setup.id = "far";
  setup.base_url = "http://far.test";
  setup.settings = settings(of_source, "");
  for (const std::string service : {"A", "B"}) {
    setup.questions.push_back({service, settings(of_service, service)});
  }
  return setup;
}

std::map<Time, double> MeterStage::numbers(std::string_view text) const {
  std::map<Time, double> found;
  for (const auto& [service, said] : said_) {
    if (text.find("svc" + service) == std::string_view::npos) continue;
    for (const auto& [instant, counted] : said) {
      const bool is_total = text.find("total") != std::string_view::npos;
      std::optional<double> one = is_total ? counted.total : counted.good;
      const bool is_bad = !is_total && text.find("bad") != std::string_view::npos;
      if (is_bad && one && counted.total) one = *counted.total - *one;
      if (one) found[instant] = *one;
    }
  }
  return found;
}

std::optional<double> MeterStage::number(std::string_view text, Time instant) const {
  const auto all = numbers(text);
  const auto found = all.find(instant);
  if (found == all.end()) return std::nullopt;
  return found->second;
}

}  // namespace testing
}  // namespace signalbox
