#include "connectors/dns_check/records.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "connectors/dns_check/wire.h"

namespace signalbox::connectors::dns_check {
namespace {

constexpr int kA = 1;
constexpr int kAaaa = 28;
constexpr int kTxt = 16;
constexpr std::array<RecordType, 10> kTypes = {{{"A", kA},
                                                {"AAAA", kAaaa},
                                                {"CNAME", 5},
                                                {"MX", 15},
                                                {"TXT", kTxt},
                                                {"NS", 2},
                                                {"SOA", 6},
                                                {"SRV", 33},
                                                {"PTR", 12},
                                                {"CAA", 257}}};

std::string numbers(Wire& wire, int many, int bytes) {
  std::string text;
  for (int i = 0; i < many; ++i) text += std::to_string(wire.number(bytes)) + " ";
  return text;
}

std::string soa(Wire& wire) {
  std::string text = wire.name() + " " + wire.name() + " ";
  text += numbers(wire, 5, 4);
  text.pop_back();
  return text;
}

std::string strings(Wire& wire, std::size_t end) {
  std::string text;
  while (wire.sane() && wire.at() < end) text += wire.bytes(wire.number(1));
  return text;
}

std::string caa(Wire& wire, std::size_t end) {
  std::string text = std::to_string(wire.number(1)) + " ";
  text += wire.bytes(wire.number(1));
  const std::size_t left = end > wire.at() ? end - wire.at() : 0;
  return text + " " + wire.bytes(left);
}

/// One record's data, which ends at `end`.
std::string data_of(Wire& wire, int type, std::size_t end) {
  switch (type) {
    case kA:
      return wire.address(4);
    case kAaaa:
      return wire.address(16);
    case kTxt:
      return strings(wire, end);
    case 6:
      return soa(wire);
    case 15: {
      const std::string preference = numbers(wire, 1, 2);
      return preference + wire.name();
    }
    case 33: {
      const std::string three = numbers(wire, 3, 2);
      return three + wire.name();
    }
    case 257:
      return caa(wire, end);
    default:
      return wire.name();
  }
}

}  // namespace

const RecordType* record_type(std::string_view name) {
  const auto found = std::ranges::find_if(
      kTypes, [&](const RecordType& type) { return equal_ignoring_case(type.name, name); });
  return found == kTypes.end() ? nullptr : &*found;
}

std::string known_types() {
  std::vector<std::string> names;
  for (const RecordType& type : kTypes) names.emplace_back(type.name);
  return join(names, ", ");
}

std::optional<std::vector<std::string>> records(std::string_view message, const RecordType& type) {
  constexpr std::size_t kHeader = 12;
  Wire wire(message);
  wire.go_to(4);
  const auto questions = wire.number(2);
  const auto answers = wire.number(2);
  wire.go_to(kHeader);
  for (std::size_t i = 0; i < questions && wire.sane(); ++i) {
    wire.name();
    wire.number(4);
  }
  std::vector<std::string> all;
  for (std::size_t i = 0; i < answers && wire.sane(); ++i) {
    wire.name();
    const auto kind = static_cast<int>(wire.number(2));
    wire.number(2);
    wire.number(4);
    const std::size_t length = wire.number(2);
    const std::size_t end = wire.at() + length;
    if (kind == type.number) all.push_back(data_of(wire, kind, end));
    if (kind == type.number && wire.at() != end) return std::nullopt;
    wire.go_to(end);
  }
  if (!wire.sane()) return std::nullopt;
  return all;
}

std::optional<std::string> as_record(std::string_view written, const RecordType& type) {
  if (written.empty()) return std::nullopt;
  if (type.number == kTxt) return std::string(written);
  if (type.number == kA || type.number == kAaaa) return same_address(written, type.number == kAaaa);
  std::string text = to_lower(trim(written));
  if (text.size() > 1 && text.ends_with('.')) text.pop_back();
  return type.number == 257 ? std::string(trim(written)) : text;
}

}  // namespace signalbox::connectors::dns_check
