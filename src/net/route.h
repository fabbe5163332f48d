// Whether this machine knows a way to an address.
#pragma once

#include <sys/socket.h>

namespace signalbox::net {

/// Whether the kernel would send something to `address` (of `size` bytes, any family and port) now.
/// Nothing is sent to find out. False also when there is no descriptor to ask with.
bool has_route(const sockaddr* address, socklen_t size);

}  // namespace signalbox::net
