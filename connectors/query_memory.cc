#include "connectors/query_memory.h"

#include <nlohmann/json.hpp>

#include "connectors/json.h"

namespace signalbox::connectors {
namespace {

using nlohmann::json;

json written(Time t) { return t.time_since_epoch().count(); }

Time time_of(const json& number) { return Time(Duration(number.get<long long>())); }

json written(const QueryMemory& memory) {
  json one = {{"part_seen", memory.part_seen}};
  if (memory.at) one["at"] = written(*memory.at);
  for (const Time instant : memory.open) one["open"].push_back(written(instant));
  for (const auto& [instant, counts] : memory.told) {
    one["told"].push_back({written(instant), counts.good, counts.total});
  }
  if (!memory.own.empty()) one["own"] = memory.own;
  return one;
}

bool is_told(const json& one) {
  return one.is_array() && one.size() == 3 && one[0].is_number_integer() && one[1].is_number() &&
         one[2].is_number();
}

QueryMemory memory_of(const json& one) {
  QueryMemory memory;
  if (at(one, "at").is_number_integer()) memory.at = time_of(at(one, "at"));
  memory.part_seen = flag_at(one, "part_seen");
  for (const json& instant : at(one, "open")) {
    if (instant.is_number_integer()) memory.open.insert(time_of(instant));
  }
  for (const json& told : at(one, "told")) {
    if (is_told(told)) memory.told[time_of(told[0])] = {told[1], told[2]};
  }
  memory.own = text_at(one, "own");
  return memory;
}

}  // namespace

void QueryMemory::forget(Time oldest, Time told_since, Time newest) {
  std::erase_if(open, [&](Time instant) { return instant < oldest || instant > newest; });
  std::erase_if(told,
                [&](const auto& one) { return one.first < told_since || one.first > newest; });
}

std::string write_query_memories(const QueryMemories& memories) {
  json all = json::object();
  for (const auto& [service, memory] : memories) all[service] = written(memory);
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

QueryMemories read_query_memories(std::string_view cursor) {
  const json all = json::parse(cursor, nullptr, false);
  QueryMemories memories;
  if (!all.is_object()) return memories;
  for (const auto& [service, one] : all.items()) memories[service] = memory_of(one);
  return memories;
}

}  // namespace signalbox::connectors
