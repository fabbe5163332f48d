#include "web/public/networks.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace signalbox::web {
namespace {

constexpr IpBytes kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t kBeforeIPv4 = 12;

bool is_mapped(const IpBytes& address) {
  return std::equal(kMapped.begin(), kMapped.begin() + kBeforeIPv4, address.begin());
}

/// The address alone, without brackets, port and zone.
std::string_view bare(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    text = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
  } else if (std::ranges::count(text, ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  return text.substr(0, text.find('%'));
}

std::optional<IpBytes> read(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
  const std::string ended(text);
  IpBytes bytes = kMapped;
  if (inet_pton(AF_INET, ended.c_str(), bytes.data() + kBeforeIPv4) == 1) return bytes;
  if (inet_pton(AF_INET6, ended.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

bool agree(const IpBytes& a, const IpBytes& b, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) {
    return false;
  }
  const int rest = bits % 8;
  return rest == 0 || ((a.at(whole) ^ b.at(whole)) >> (8 - rest)) == 0;
}

}  // namespace

std::optional<IpBytes> ip_bytes(std::string_view text) { return read(bare(text)); }

std::string ip_text(const IpBytes& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool four = is_mapped(address);
  inet_ntop(four ? AF_INET : AF_INET6, address.data() + (four ? kBeforeIPv4 : 0), text.data(),
            text.size());
  return text.data();
}

std::string counted_as(const IpBytes& address) {
  if (is_mapped(address)) return ip_text(address);
  IpBytes network = address;
  std::fill(network.begin() + 8, network.end(), std::uint8_t{0});
  return ip_text(network) + "/64";
}

bool is_loopback(const IpBytes& address) {
  static const Networks kLoopback({"127.0.0.0/8", "::1"});
  return kLoopback.contains(address);
}

Networks::Networks(const std::vector<std::string>& networks) {
  for (const std::string& text : networks) {
    const auto slash = text.find('/');
    const auto address = read(std::string_view(text).substr(0, slash));
    if (!address) continue;
    const int longest = is_mapped(*address) && text.find(':') == std::string::npos ? 32 : 128;
    int bits = longest;
    if (slash != std::string::npos) {
      std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
    }
    if (bits < 0 || bits > longest) continue;
    networks_.push_back({*address, bits + 128 - longest});
  }
}

bool Networks::contains(const IpBytes& address) const {
  return std::ranges::any_of(networks_, [&](const Network& network) {
    return agree(network.address, address, network.bits);
  });
}

}  // namespace signalbox::web
