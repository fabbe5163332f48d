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

std::string write_memories(const Memories& memories) {
  json all = json::object();
  for (const auto& [service, memory] : memories) {
    json one = {{"good_seen", memory.good_seen}};
    if (memory.at) one["at"] = memory.at->time_since_epoch().count();
    if (!memory.good.last.empty()) one["good"] = written(memory.good);
    if (!memory.total.last.empty()) one["total"] = written(memory.total);
    all[service] = std::move(one);
  }
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

Memories read_memories(std::string_view cursor) {
  const json all = json::parse(cursor, nullptr, false);
  Memories memories;
  if (!all.is_object()) return memories;
  for (const auto& [service, one] : all.items()) {
    Memory memory;
    if (const long long at_ms = number_at(one, "at"); at_ms > 0) memory.at = Time(Duration(at_ms));
    memory.good_seen = flag_at(one, "good_seen");
    memory.good = samples_of(at(one, "good"));
    memory.total = samples_of(at(one, "total"));
    memories[service] = std::move(memory);
  }
  return memories;
}

}  // namespace signalbox::connectors::prometheus
