#include "connectors/dns_check/expected.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::connectors::dns_check {
namespace {

std::vector<std::string> values_of(const Settings& settings, const char* key,
                                   const RecordType& type) {
  std::vector<std::string> all;
  const Setting* named = settings.find(key);
  if (named == nullptr) return all;
  auto words = named->list;
  if (words.empty()) words.push_back(named->value);
  for (const std::string& word : words) {
    const auto record = as_record(word, type);
    if (record) all.push_back(*record);
    if (!record) {
      settings.refuse(key,
                      "holds what no record of type " + std::string(type.name) + " looks like");
    }
  }
  return all;
}

bool holds(const std::vector<std::string>& records, const std::string& value) {
  return std::ranges::find(records, value) != records.end();
}

/// What is wrong with the records; "" when nothing is.
std::string objection(const std::vector<std::string>& records, const RecordType& type,
                      const Expected& expected) {
  if (records.empty()) return "no record of type " + std::string(type.name);
  const auto there = [&](const std::string& value) { return holds(records, value); };
  const auto missing = std::ranges::find_if_not(expected.values, there);
  if (missing != expected.values.end()) return "the answer lacks " + shorten(*missing, 60);
  const bool any = expected.any.empty() || std::ranges::any_of(expected.any, there);
  return any ? "" : "the answer holds none of the expected values";
}

Found trouble(std::string why, bool ours) {
  Found found;
  found.ours = ours;
  found.grade = {State::down, std::move(why)};
  return found;
}

Found judged(const std::string& message, const RecordType& type, const Expected& expected) {
  const auto held = records(message, type);
  if (!held) return trouble("the answer is not DNS", false);
  std::string wrong = objection(*held, type, expected);
  if (!wrong.empty()) return trouble(std::move(wrong), false);
  Found found;
  found.grade = {State::up, "answered"};
  return found;
}

}  // namespace

Expected expected_values(const Settings& settings, const RecordType& type) {
  return {values_of(settings, "expect.values", type), values_of(settings, "expect.any", type)};
}

Found found_in(const Reply& reply, const RecordType& type, const Expected& expected,
               bool own_server) {
  switch (reply.end) {
    case Reply::End::answered:
      return judged(reply.message, type, expected);
    case Reply::End::no_name:
      return trouble("the name does not exist (NXDOMAIN)", false);
    case Reply::End::no_records:
      return trouble("no record of type " + std::string(type.name), false);
    case Reply::End::refused:
      return own_server ? trouble("the server refused or failed to answer", false)
                        : trouble("the system's resolver failed to answer", true);
    case Reply::End::silent:
      return own_server ? trouble("the server does not answer", false)
                        : trouble("the system's resolver does not answer", true);
    case Reply::End::no_way:
      return trouble("no way leads to the DNS server from here", true);
    case Reply::End::nonsense:
      break;
  }
  return trouble("the answer is not DNS", false);
}

}  // namespace signalbox::connectors::dns_check
