// CloudWatch's answers taken apart: XML as documented for the query protocol, or JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::connectors::cloudwatch {

/// One metric's numbers; a time is the beginning of its period.
struct Series {
  std::string id;
  std::string status;  ///< "Complete", "PartialData", "InternalError", "Forbidden", or ""
  std::vector<Time> times;
  std::vector<double> values;
};
struct Tree {
  std::vector<Series> series;
  std::string next_token;
};

/// Takes a whole answer apart. Corrupt when it is neither form, cut off, or without results.
/// Entities of a DTD are never read, nothing is fetched.
Result<Tree> read_tree(std::string_view body);

/// What a refusal names, "" where it names nothing.
struct Fault {
  std::string code;
  std::string message;
};
Fault read_fault(std::string_view body);

/// The error for what is no such answer.
Error no_answer(std::string_view place);

}  // namespace signalbox::connectors::cloudwatch
