// A way to an address, of either family.
#include "net/route.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace signalbox::net {
namespace {

bool to_v4(const char* text) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(80);
  inet_pton(AF_INET, text, &address.sin_addr);
  return has_route(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

bool to_v6(const char* text) {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_port = htons(80);
  inet_pton(AF_INET6, text, &address.sin6_addr);
  return has_route(reinterpret_cast<const sockaddr*>(&address), sizeof address);
}

TEST(Route, LeadsToThisMachine) { EXPECT_TRUE(to_v4("127.0.0.1")); }

TEST(Route, LeadsNowhereFromALinkThatIsNotNamed) {
  EXPECT_FALSE(to_v6("fe80::1"));  // link-local without its link
}

}  // namespace
}  // namespace signalbox::net
