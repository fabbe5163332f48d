// IP addresses and networks: which belong to the configured proxies, and which count as one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::web {

/// An IP address; IPv4 as IPv6 maps it (`::ffff:192.0.2.1`), so that both ways of writing it are
/// the same.
using IpBytes = std::array<std::uint8_t, 16>;

/// Reads an address as proxies write it: also with a port (`192.0.2.1:443`, `[2001:db8::1]:443`) or
/// a zone (`fe80::1%eth0`), which are left out. Nothing when it is none.
std::optional<IpBytes> ip_bytes(std::string_view text);
/// The address in its one canonical text; IPv4 without its mapping.
std::string ip_text(const IpBytes& address);
/// Whom an address counts for: itself when IPv4; of IPv6 its first 64 bits, which one reader has
/// all of.
std::string counted_as(const IpBytes& address);
/// 127.0.0.0/8 or ::1.
bool is_loopback(const IpBytes& address);

/// A set of networks.
class Networks {
 public:
  /// Each an address, or one with `/bits`; what is neither is left out.
  explicit Networks(const std::vector<std::string>& networks);
  bool contains(const IpBytes& address) const;

 private:
  struct Network {
    IpBytes address;
    int bits;  // of 128 that must agree
  };
  std::vector<Network> networks_;
};

}  // namespace signalbox::web
