#include "web/public/preface.h"

#include <gtest/gtest.h>

namespace signalbox::web {
namespace {

using Progress = Preface::Progress;
using namespace std::string_literals;

const std::string kSignature = "\r\n\r\n\0\r\nQUIT\n"s;

/// A block of the second version: what follows its length.
std::string block(char command, char family, const std::string& rest) {
  const auto size = static_cast<unsigned>(rest.size());
  return kSignature + command + family + static_cast<char>(size >> 8U) +
         static_cast<char>(size & 255U) + rest;
}
const std::string kFour = "\xc0\x00\x02\x07\xc6\x33\x64\x01\xc0\x00\x01\xbb"s;  // 192.0.2.7 …
const std::string kSix =
    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01\xc0\x00\x01\xbb"s;

void expect_client(const std::string& preface, const std::string& client) {
  const Preface read = read_preface(preface + "GET / HTTP/1.1\r\n");
  EXPECT_EQ(read.progress, Progress::complete) << preface;
  EXPECT_EQ(read.client, client) << preface;
  EXPECT_EQ(read.taken, preface.size()) << preface;
}

TEST(Preface, NamesTheClientOfALine) {
  expect_client("PROXY TCP4 192.0.2.7 198.51.100.1 49152 443\r\n", "192.0.2.7");
  expect_client("PROXY TCP6 2001:DB8::7 2001:db8::1 65535 0\r\n", "2001:db8::7");
  expect_client("PROXY TCP6 ::ffff:192.0.2.7 ::1 1 1\r\n", "192.0.2.7");
  expect_client("PROXY UNKNOWN\r\n", "");
  expect_client("PROXY UNKNOWN ffff:f:f ::1 99999 x\r\n", "");
}

TEST(Preface, NamesTheClientOfABlock) {
  expect_client(block('\x21', '\x11', kFour), "192.0.2.7");
  expect_client(block('\x21', '\x21', kSix), "2001:db8::7");
  expect_client(block('\x21', '\x00', "whatever"), "");
  expect_client(block('\x21', '\x31', std::string(216, 'u')), "");
  expect_client(block('\x20', '\x00', ""), "");
  expect_client(block('\x20', '\x11', kFour), "");  // the proxy's own check of our health
}

TEST(Preface, PassesOverWhatABlockAdds) {
  const std::string checksum = "\x03\x00\x04\x01\x02\x03\x04"s;
  const std::string host = "\x02\x00\x05"s + "x.org";
  expect_client(block('\x21', '\x11', kFour + checksum + host), "192.0.2.7");
  expect_client(block('\x21', '\x11', kFour + "\x04\x00\x00"s), "192.0.2.7");
}

TEST(Preface, WaitsForTheRest) {
  for (const std::string& whole : {"PROXY TCP4 192.0.2.7 198.51.100.1 49152 443\r\n"s,
                                   block('\x21', '\x21', kSix), block('\x20', '\x00', "")}) {
    for (std::size_t length = 0; length < whole.size(); ++length) {
      EXPECT_EQ(read_preface(whole.substr(0, length)).progress, Progress::needs_more) << length;
    }
  }
}

TEST(Preface, IsBrokenByAnythingElse) {
  const std::vector<std::string> cases = {
      "GET / HTTP/1.1\r\n",
      "\x16\x03\x01",
      "proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n",
      "PROXY \r\n",
      "PROXY UNKNOWNX\r\n",
      "PROXY TCP5 192.0.2.7 198.51.100.1 1 2\r\n",
      "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n",
      "PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n",
      "PROXY TCP6 192.0.2.7:1 198.51.100.1:1 1 2\r\n",
      "PROXY TCP4 192.0.2.7:80 198.51.100.1 1 2\r\n",
      "PROXY TCP4  192.0.2.7 198.51.100.1 1 2\r\n",
      "PROXY TCP4 192.0.2.7 198.51.100.1 1 2 \r\n",
      "PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n",
      "PROXY TCP4 192.0.2.7 198.51.100.1 1 65536\r\n",
      "PROXY TCP4 192.0.2.7 198.51.100.1 01 2\r\n",
      "PROXY TCP4 192.0.2.7 198.51.100.1 -1 2\r\n",
      "PROXY TCP4 192.0.2.7\0 198.51.100.1 1 2\r\n"s,
      "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\n" + std::string(kMostPrefaceLine, ' '),
      "PROXY TCP4 " + std::string(kMostPrefaceLine, '1'),
      "PROXY UNKNOWN " + std::string(kMostPrefaceLine, 'x') + "\r\n",
      block('\x11', '\x11', kFour),                                   // version 1
      block('\x22', '\x11', kFour),                                   // no such command
      block('\x21', '\x12', kFour),                                   // a datagram
      block('\x21', '\x22', kSix),                                    // a datagram
      block('\x21', '\x41', kSix),                                    // no such family
      block('\x21', '\x11', kFour.substr(1)),                         // cut short
      block('\x21', '\x21', kFour),                                   // IPv6, with room for IPv4
      block('\x21', '\x31', std::string(215, 'u')),                   // cut short
      block('\x21', '\x11', kFour + "\x03"),                          // half an addition
      block('\x21', '\x11', kFour + "\x03\x00\x05zzzz"s),             // longer than there is
      block('\x21', '\x11', kFour + "\x04\x00\x00\x03\xff\xff"s),     // the second one
      block('\x20', '\x00', std::string(kMostPrefaceBlock - 15, 0)),  // over the cap
      kSignature + "\x21\x11\xff\xff",                                // so will this be
      "\r\n\r\n\r\n",
  };
  for (const std::string& bytes : cases) {
    EXPECT_EQ(read_preface(bytes).progress, Progress::broken) << bytes;
  }
}

TEST(Preface, TakesTheLongestThatItPromises) {
  const std::string line = "PROXY UNKNOWN " + std::string(kMostPrefaceLine - 16, 'x') + "\r\n";
  EXPECT_EQ(line.size(), kMostPrefaceLine);
  expect_client(line, "");
  expect_client(block('\x20', '\x00', std::string(kMostPrefaceBlock - 16, 0)), "");
}

}  // namespace
}  // namespace signalbox::web
