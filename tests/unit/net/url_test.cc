#include "net/url.h"

#include <gtest/gtest.h>

namespace signalbox::net {
namespace {

TEST(Url, EncodesEverythingButUnreserved) {
  EXPECT_EQ(percent_encode("aZ0-._~"), "aZ0-._~");
  EXPECT_EQ(percent_encode("a b+c&d=e/é"), "a%20b%2Bc%26d%3De%2F%C3%A9");
}

TEST(Url, DecodesWhatItEncodedAndForgivesTheRest) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  EXPECT_EQ(percent_decode(percent_encode(all)), all);
  EXPECT_EQ(percent_decode("a+b%2"), "a b%2");
  EXPECT_EQ(percent_decode("%zz%"), "%zz%");
}

TEST(Url, FormsRoundTrip) {
  const Parameters parameters = {{"status", "a&b=c"}, {"x", ""}, {"x", "2"}};
  EXPECT_EQ(form(parameters), "status=a%26b%3Dc&x=&x=2");
  EXPECT_EQ(parse_form(form(parameters)), parameters);
  EXPECT_EQ(with_query("http://h/p?a=1", {{"b", "2"}}), "http://h/p?a=1&b=2");
  EXPECT_EQ(with_query("http://h/p", {}), "http://h/p");
}

TEST(Url, TakesAddressesApart) {
  EXPECT_EQ(path_of("https://h:1/a/b?c=d#e"), "/a/b");
  EXPECT_EQ(path_of("https://h"), "/");
  EXPECT_EQ(path_of("https://h?x"), "/");
  EXPECT_EQ(query_of("https://h/a?c=d#e"), "c=d");
  EXPECT_EQ(query_of("https://h/a"), "");
}

TEST(Url, ShowsNoUserQueryOrFragment) {
  EXPECT_EQ(bare("https://user:pass@h:1/a?token=t#x"), "https://h:1/a");
  EXPECT_EQ(bare("https://h"), "https://h");
}

}  // namespace
}  // namespace signalbox::net
