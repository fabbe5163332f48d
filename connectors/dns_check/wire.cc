#include "connectors/dns_check/wire.h"

#include <ares.h>
#include <arpa/inet.h>

#include <array>
#include <memory>

#include "base/text.h"

namespace signalbox::connectors::dns_check {
namespace {

struct Free {
  void operator()(char* text) const { ares_free_string(text); }
};

}  // namespace

bool Wire::has(std::size_t many) {
  sane_ = sane_ && at_ <= message_.size() && many <= message_.size() - at_;
  return sane_;
}

void Wire::go_to(std::size_t place) {
  sane_ = sane_ && place <= message_.size();
  if (sane_) at_ = place;
}

std::uint32_t Wire::number(int bytes) {
  if (!has(static_cast<std::size_t>(bytes))) return 0;
  std::uint32_t value = 0;
  for (int i = 0; i < bytes; ++i) {
    value = (value << 8U) | static_cast<unsigned char>(message_[at_++]);
  }
  return value;
}

std::string Wire::bytes(std::size_t many) {
  if (!has(many)) return "";
  std::string text(message_.substr(at_, many));
  at_ += many;
  return text;
}

std::string Wire::address(std::size_t many) {
  const std::string raw = bytes(many);
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (!sane_) return "";
  inet_ntop(many == 4 ? AF_INET : AF_INET6, raw.data(), text.data(), text.size());
  return text.data();
}

std::string Wire::name() {
  if (!has(1)) return "";
  const auto* whole = reinterpret_cast<const unsigned char*>(message_.data());
  char* text = nullptr;
  long taken = 0;
  const int read =
      ares_expand_name(whole + at_, whole, static_cast<int>(message_.size()), &text, &taken);
  sane_ = read == ARES_SUCCESS;
  if (!sane_) return "";
  const std::unique_ptr<char, Free> owned(text);
  at_ += static_cast<std::size_t>(taken);
  const std::string name = to_lower(owned.get());
  return name.empty() ? "." : name;
}

std::optional<std::string> same_address(std::string_view written, bool v6) {
  std::array<unsigned char, 16> raw{};
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = v6 ? AF_INET6 : AF_INET;
  if (inet_pton(family, std::string(written).c_str(), raw.data()) != 1) return std::nullopt;
  inet_ntop(family, raw.data(), text.data(), text.size());
  return std::string(text.data());
}

}  // namespace signalbox::connectors::dns_check
