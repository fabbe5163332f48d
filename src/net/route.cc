#include "net/route.h"

#include <unistd.h>

namespace signalbox::net {

bool has_route(const sockaddr* address, socklen_t size) {
  const int probe = socket(address->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (probe < 0) return false;
  const bool found = connect(probe, address, size) == 0;
  close(probe);
  return found;
}

}  // namespace signalbox::net
