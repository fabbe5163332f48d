// A value that must not be shown: a token, a key, a password. It has no stream operator and does
// not turn into text.
#pragma once

#include <string>
#include <utility>

namespace signalbox {

/// Holds a secret. Only reveal() gives it out, at the place that signs or sends it.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  const std::string& reveal() const { return value_; }
  bool empty() const { return value_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string value_;
};

}  // namespace signalbox
