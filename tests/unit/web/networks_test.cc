#include "web/public/networks.h"

#include <gtest/gtest.h>

#include "web/public/common.h"

namespace signalbox::web {
namespace {

std::string text(std::string_view address) {
  const auto bytes = ip_bytes(address);
  return bytes ? ip_text(*bytes) : "none";
}

TEST(Networks, ReadsAnAddressAsProxiesWriteIt) {
  EXPECT_EQ(text("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(text("192.0.2.7:49152"), "192.0.2.7");
  EXPECT_EQ(text("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(text("2001:DB8::1"), "2001:db8::1");
  EXPECT_EQ(text("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(text("[2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(text("fe80::1%eth0"), "fe80::1");
  for (const char* none : {"", "unknown", "_hidden", "192.0.2", "192.0.2.256", "[2001:db8::1",
                           "::1::", "192.0.2.7 ", "1:2", "0x7f.1", "[]", "%", ":443"}) {
    EXPECT_EQ(text(none), "none") << none;
  }
  EXPECT_EQ(text(std::string(5000, '1')), "none");
}

TEST(Networks, HoldWhatTheirBitsSay) {
  const Networks networks({"10.0.0.0/8", "192.0.2.7", "2001:db8::/33", "203.0.113.128/25"});
  const auto holds = [&](std::string_view address) {
    return networks.contains(*ip_bytes(address));
  };
  EXPECT_TRUE(holds("10.255.0.1"));
  EXPECT_TRUE(holds("::ffff:10.0.0.1"));
  EXPECT_FALSE(holds("11.0.0.1"));
  EXPECT_TRUE(holds("192.0.2.7"));
  EXPECT_FALSE(holds("192.0.2.6"));
  EXPECT_TRUE(holds("2001:db8:7fff::1"));
  EXPECT_FALSE(holds("2001:db8:8000::1"));
  EXPECT_TRUE(holds("203.0.113.200"));
  EXPECT_FALSE(holds("203.0.113.100"));
  EXPECT_TRUE(Networks({"0.0.0.0/0"}).contains(*ip_bytes("198.51.100.1")));
  EXPECT_FALSE(Networks({"0.0.0.0/0"}).contains(*ip_bytes("2001:db8::1")));
  EXPECT_FALSE(
      Networks({"nonsense", "10.0.0.0/40", "10.0.0.0/-1"}).contains(*ip_bytes("10.0.0.1")));
}

TEST(Addresses, BelieveTheLastHopThatIsNoProxyOfOurs) {
  const Addresses addresses(1, {"10.0.0.0/8", "::1"});
  EXPECT_EQ(addresses.client("203.0.113.9"), "203.0.113.9");
  EXPECT_EQ(addresses.client("192.0.2.1, 203.0.113.9, 10.0.0.7"), "203.0.113.9");
  EXPECT_EQ(addresses.client("203.0.113.9:443,[::1]:8080 , "), "203.0.113.9");
  EXPECT_EQ(addresses.client("192.0.2.1, unknown, 10.0.0.7"), "")
      << "what a stranger wrote before it";
  EXPECT_EQ(addresses.client("10.0.0.7"), "");
  EXPECT_EQ(addresses.client(""), "");
}

TEST(Addresses, TrustThoseConfiguredAndNobodyElse) {
  const Addresses addresses(1, {"10.0.0.0/8"});
  EXPECT_TRUE(addresses.trusted("10.1.2.3"));
  EXPECT_TRUE(addresses.trusted("")) << "a Unix socket";
  EXPECT_FALSE(addresses.trusted("127.0.0.1"));
  EXPECT_FALSE(addresses.trusted("203.0.113.9"));
}

TEST(Addresses, CountAReaderOnceHoweverManyAddressesItsNetworkHas) {
  Addresses addresses(1, {"10.0.0.0/8"});
  EXPECT_TRUE(addresses.take("2001:db8::1"));
  EXPECT_FALSE(addresses.take("2001:db8::2"));
  EXPECT_TRUE(addresses.take("2001:db8:0:1::1"));
  EXPECT_TRUE(addresses.take("203.0.113.9"));
  EXPECT_FALSE(addresses.take("203.0.113.9"));
  addresses.release("203.0.113.9");
  EXPECT_TRUE(addresses.take("203.0.113.9"));
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(addresses.take("10.0.0.7")) << "a proxy is not counted for itself";
    EXPECT_TRUE(addresses.take("127.0.0.1"));
  }
}

}  // namespace
}  // namespace signalbox::web
