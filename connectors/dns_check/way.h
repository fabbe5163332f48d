// The address of a DNS server, and whether a way leads there.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace signalbox::connectors::dns_check {

/// `192.0.2.53`, `192.0.2.53:5353`, `2001:db8::53` or `[2001:db8::53]:5353` with its port always
/// named (53 unless said) and a v6 address always in brackets; nullopt when it is none of these.
std::optional<std::string> server_address(std::string_view written);

/// Whether this machine knows a way to `server`, of that form. Nothing is sent to find out.
bool has_way_to(std::string_view server);

}  // namespace signalbox::connectors::dns_check
