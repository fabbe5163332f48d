// The outcome of something that may fail: a value, or an Error that says what the caller can do
// about it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/check.h"

namespace signalbox {

/// What went wrong, sorted by what the caller can do. `what` is one line for a person: it names the
/// place and the remedy, and never holds a secret.
struct Error {
  enum class Code {
    invalid,       ///< the input is wrong; the same call fails again
    unauthorized,  ///< credentials are refused; staff must act
    rate_limited,  ///< too many calls; try again after `retry_after`
    unavailable,   ///< the other side or the disk does not answer now; the outcome may be unknown
    corrupt,       ///< what came back makes no sense
    internal,      ///< a promise of our own is broken
  };
  Code code = Code::internal;
  std::string what;
  /// How long the other side asked us to wait, where it said so.
  std::optional<std::chrono::milliseconds> retry_after;

  bool operator==(const Error&) const = default;
};

/// Either a T or an Error. Names follow std::expected. Asking the wrong one aborts, also in
/// release.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value)
      : both_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
  Result(Error error)
      : both_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return both_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return check(has_value(), "value of a failed Result"), std::get<0>(both_); }
  const T& value() const& {
    return check(has_value(), "value of a failed Result"), std::get<0>(both_);
  }
  /// By value, so that a loop over what a call gives does not outlive it.
  T value() && {
    return check(has_value(), "value of a failed Result"), std::get<0>(std::move(both_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  Error& error() & { return check(!has_value(), "error of a good Result"), std::get<1>(both_); }
  const Error& error() const& {
    return check(!has_value(), "error of a good Result"), std::get<1>(both_);
  }

  T value_or(T other) const& { return has_value() ? std::get<0>(both_) : std::move(other); }

 private:
  std::variant<T, Error> both_;
};

/// Done, or an Error.
class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !error_; }
  explicit operator bool() const { return ok(); }
  const Error& error() const { return check(!ok(), "error of a good Status"), *error_; }

 private:
  std::optional<Error> error_;
};

/// Short ways to make an Error.
inline Error invalid(std::string what) { return {Error::Code::invalid, std::move(what), {}}; }
inline Error unauthorized(std::string what) {
  return {Error::Code::unauthorized, std::move(what), {}};
}
inline Error unavailable(std::string what) {
  return {Error::Code::unavailable, std::move(what), {}};
}
inline Error corrupt(std::string what) { return {Error::Code::corrupt, std::move(what), {}}; }
inline Error internal(std::string what) { return {Error::Code::internal, std::move(what), {}}; }
inline Error rate_limited(std::string what,
                          std::optional<std::chrono::milliseconds> retry_after = {}) {
  return {Error::Code::rate_limited, std::move(what), retry_after};
}

/// The code's name as it stands in logs and JSON: "rate_limited".
std::string_view word(Error::Code code);

}  // namespace signalbox
