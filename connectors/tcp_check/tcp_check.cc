// The tcp check: makes a connection to HOST:PORT, and says nothing on it.
#include <string_view>

#include "connectors/check.h"
#include "connectors/port.h"
#include "connectors/registry.h"
#include "net/check_request.h"

namespace signalbox::connectors::tcp_check {
namespace {

/// `name:80`, `192.0.2.1:80`, `[2001:db8::1]:80`.
bool is_address(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || !is_port(text.substr(colon + 1))) return false;
  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.starts_with('[') && host.ends_with(']');
  if (bracketed) host = host.substr(1, host.size() - 2);
  return !host.empty() && host.find_first_of("/?#@[]\\%") == std::string_view::npos &&
         bracketed == (host.find(':') != std::string_view::npos);
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  const Settings& settings = setup.settings;
  settings.require("address");
  const std::string address = settings.text("address");
  net::Request request;
  request.url = "http://" + address;
  request.connect_only = true;
  request.timeout = timeout_of(settings);
  if (!address.empty() && (!is_address(address) || net::objection(request))) {
    settings.refuse("address", "must be HOST:PORT, such as db.example:5432 or [::1]:5432");
  }
  const auto connected = [](const net::Response&) { return Grade{State::up, "connected"}; };
  return std::make_unique<Check>(setup, std::move(request), connected, world);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"tcp", std::chrono::seconds(30), make};

}  // namespace signalbox::connectors::tcp_check
