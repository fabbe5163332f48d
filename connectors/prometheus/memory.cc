#include "connectors/prometheus/memory.h"

#include <nlohmann/json.hpp>

#include "connectors/json.h"

namespace signalbox::connectors::prometheus {
namespace {

using nlohmann::json;

json written(const Samples& samples) {
  json all = json::object();
  for (const auto& [series, sample] : samples.last) {
    all[series] = {sample.number, sample.at.time_since_epoch().count()};
  }
  return all;
}

Samples samples_of(const json& all) {
  Samples samples;
  if (!all.is_object()) return samples;
  for (const auto& [series, sample] : all.items()) {
    if (!sample.is_array() || sample.size() != 2 || !sample[0].is_number() ||
        !sample[1].is_number_integer()) {
      continue;
    }
    samples.last[series] = {sample[0].get<double>(), Time(Duration(sample[1].get<long long>()))};
  }
  return samples;
}

}  // namespace

std::string write_memory(const Memory& memory) {
  if (memory.total.last.empty() && memory.part.last.empty()) return "";
  const json both = {{"part", written(memory.part)}, {"total", written(memory.total)}};
  return both.dump(-1, ' ', false, json::error_handler_t::replace);
}

Memory read_memory(std::string_view text) {
  const json both = json::parse(text, nullptr, false);
  return {samples_of(at(both, "part")), samples_of(at(both, "total"))};
}

}  // namespace signalbox::connectors::prometheus
