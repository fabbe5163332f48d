// What a bucket says it holds.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::publish {

/// One answer to ListObjectsV2 with `encoding-type=url`.
struct Listing {
  std::map<std::string, std::string> tags;  ///< key to ETag, with its quotes
  std::string next;                         ///< the token for what follows; "" after the last
};

/// Corrupt when the body is no such answer.
Result<Listing> read_listing(std::string_view body);

}  // namespace signalbox::publish
