// A DNS message read field by field, never past its end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::connectors::dns_check {

/// Once something does not fit, it is no longer sane(), and every further field reads as zero or
/// empty. `message` outlives it.
class Wire {
 public:
  explicit Wire(std::string_view message) : message_(message) {}

  bool sane() const { return sane_; }
  std::size_t at() const { return at_; }
  void go_to(std::size_t place);

  /// A number of 1 to 4 bytes, the most significant first.
  std::uint32_t number(int bytes);
  std::string bytes(std::size_t many);
  /// An address of 4 or 16 bytes, as text.
  std::string address(std::size_t many);
  /// A domain name, also a compressed one: in lower case, without the last dot; the root is ".".
  std::string name();

 private:
  bool has(std::size_t many);

  std::string_view message_;
  std::size_t at_ = 0;
  bool sane_ = true;
};

/// An address as it is usually written; nullopt when `written` is none of this family.
std::optional<std::string> same_address(std::string_view written, bool v6);

}  // namespace signalbox::connectors::dns_check
