// Addresses in the configuration: where to listen, whom to trust, where the outside world is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::config {

/// `HOST:PORT` taken apart. An IPv6 host is without its brackets; `localhost` has become 127.0.0.1.
struct Listen {
  std::string host;
  int port = 0;
};
/// nullopt unless `text` is an IP address (IPv6 in brackets) or localhost, a colon and a port.
std::optional<Listen> listen_from(std::string_view text);
/// As it is listened on: `[::1]:8080`.
std::string to_text(const Listen& listen);

/// What an address in the file system begins with: `unix:/run/signalbox/public.sock`.
inline constexpr std::string_view kUnixAddress = "unix:";
/// The longest path that the kernel takes for a socket.
inline constexpr std::size_t kLongestSocketPath = 107;
bool is_loopback(const Listen& listen);

/// An IP address, or one with `/bits`.
bool is_network(const std::string& text);
/// `scheme://host…` with one of `schemes`, a host, a port in range where given, and no white space.
bool is_url(std::string_view text, const std::vector<std::string>& schemes);

}  // namespace signalbox::config
