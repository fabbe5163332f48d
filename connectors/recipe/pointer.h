// JSON pointers (RFC 6901), with `*` for every item of a list.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace signalbox::connectors::recipe {

/// A pointer taken apart. Where RFC 6901 has a key `*`, here it is every item of a list: such a key
/// cannot be named.
class Pointer {
 public:
  /// "" is the whole value; else it begins with `/`. invalid when it is none.
  static Result<Pointer> parse(std::string_view text);

  /// What it leads to from one value. The pointers live as long as `from`.
  struct Found {
    std::vector<const nlohmann::json*> values;
    bool nowhere = false;  ///< it ends before its first `*`, or what should be a list is none
    bool whole = true;     ///< it leads somewhere in every item of every list
  };
  Found find(const nlohmann::json& from) const;

 private:
  struct Token {
    std::string key;
    bool every = false;
  };
  bool walk(const nlohmann::json& at, std::size_t token, Found& into) const;

  std::vector<Token> tokens_;
};

}  // namespace signalbox::connectors::recipe
