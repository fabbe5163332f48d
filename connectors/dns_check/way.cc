#include "connectors/dns_check/way.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <utility>

#include "connectors/dns_check/wire.h"
#include "connectors/port.h"
#include "net/route.h"

namespace signalbox::connectors::dns_check {
namespace {

/// The address without brackets, and what is said of the port.
std::pair<std::string_view, std::optional<std::string_view>> parted(std::string_view text) {
  const std::size_t bracket = text.rfind(']');
  if (text.starts_with('[') && bracket != std::string_view::npos) {
    const std::string_view host = text.substr(1, bracket - 1);
    const std::string_view rest = text.substr(bracket + 1);
    if (rest.empty()) return {host, std::nullopt};
    return {host, rest.starts_with(':') ? rest.substr(1) : ""};
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || text.rfind(':') != colon) return {text, std::nullopt};
  return {text.substr(0, colon), text.substr(colon + 1)};
}

}  // namespace

std::optional<std::string> server_address(std::string_view written) {
  const auto [host, said] = parted(written);
  const std::string_view port = said.value_or("53");
  if (!is_port(port)) return std::nullopt;
  const bool v6 = host.find(':') != std::string_view::npos;
  const auto address = same_address(host, v6);
  if (!address) return std::nullopt;
  return (v6 ? "[" + *address + "]" : *address) + ":" + std::string(port);
}

bool has_way_to(std::string_view server) {
  const std::string host(parted(server).first);
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(53);
  if (inet_pton(AF_INET, host.c_str(), &v4.sin_addr) == 1) {
    return net::has_route(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(53);
  return inet_pton(AF_INET6, host.c_str(), &v6.sin6_addr) == 1 &&
         net::has_route(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
}

}  // namespace signalbox::connectors::dns_check
