// What of a text becomes a link, and where that leads.
#include <gtest/gtest.h>

#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

/// `text` as it stands in a page, a link as `[where it leads](what is shown)`.
std::string linked(const std::string& text) {
  std::string all;
  const View runs = parts(text);
  for (const View& run : runs.list_value()) {
    const std::string html = filled("text.mustache", run);
    const std::size_t href = html.find("<a href=\"");
    if (href == std::string::npos) {
      all += html;
      continue;
    }
    const std::size_t shown = html.find('>') + 1;
    all += "[" + html.substr(href + 9, html.find('"', href + 9) - href - 9) + "](" +
           html.substr(shown, html.find("</a>") - shown) + ")";
  }
  return all;
}

std::string as_it_is(const std::string& url) { return "[" + url + "](" + url + ")"; }

TEST(TextLinks, EndBeforeWhatIsTheSentences) {
  EXPECT_EQ(linked("see https://acme.example/a."),
            "see " + as_it_is("https://acme.example/a") + ".");
  EXPECT_EQ(linked("(https://acme.example/a), so"),
            "(" + as_it_is("https://acme.example/a") + "), so");
  EXPECT_EQ(linked("[https://acme.example/a?b]"), "[" + as_it_is("https://acme.example/a?b") + "]");
  EXPECT_EQ(linked("https://acme.example/a b"), as_it_is("https://acme.example/a") + " b");
}

TEST(TextLinks, KeepABracketThatIsClosed) {
  const std::string url = "https://en.wikipedia.org/wiki/A_(b)";
  EXPECT_EQ(linked(url + ","), as_it_is(url) + ",");
  EXPECT_EQ(linked("(" + url + ")."), "(" + as_it_is(url) + ").");
  EXPECT_EQ(linked(url + "_(c)"), as_it_is(url + "_(c)"));
  EXPECT_EQ(linked("http://acme.example/)a"), as_it_is("http://acme.example/)a"));
}

TEST(TextLinks, AreKnownByTheirSchemeInAnyCase) {
  EXPECT_EQ(linked("HTTPS://UP.example"), as_it_is("HTTPS://UP.example"));
  EXPECT_EQ(linked("Http://a.example ftp://b.example"),
            as_it_is("Http://a.example") + " ftp://b.example");
  EXPECT_EQ(linked("a://b s://c ://"), "a://b s://c ://");
}

TEST(TextLinks, LeadToHostsThatCanBe) {
  for (const std::string url :
       {"http://a", "http://a:80/", "http://a.example:/", "http://a.example:65535/",
        "https://1.2.3.4/", "http://[::1]/", "http://[2001:db8::1]:8080/x", "http://a_b.example/",
        "http://a?b", "http://a#b", "https://b\u00fccher.example/", "http://1.example"}) {
    EXPECT_EQ(linked(url), as_it_is(url));
  }
}

TEST(TextLinks, AreNoneToHostsThatCannotBe) {
  for (const std::string text : {"http://",
                                 "https://",
                                 "http://[::1/",
                                 "http://[]/",
                                 "http://[::1]x/",
                                 "http://[g::1]/",
                                 "http://a:99999/",
                                 "http://a:65536/",
                                 "http://a:8x/",
                                 "http://a:1:2/",
                                 "http://a:18446744073709551697/",
                                 "https://1.2.3.4.5.6/",
                                 "https://1.2.3/",
                                 "https://1.2.3.256/",
                                 "https://1.2.3.04/",
                                 "http://a.0x7f/",
                                 "http://a..b/",
                                 "http://.a/",
                                 "http://a./",
                                 "http://-a/",
                                 "http://a-/",
                                 "http://a%62/",
                                 "http://a|b/",
                                 "http://a,b/",
                                 "http:///a",
                                 "http://?a",
                                 "http://\u2026/",
                                 "http://a\u2026b/",
                                 "http://user@a.example/",
                                 "http://user:password@a.example/",
                                 "http://:@a.example/"}) {
    EXPECT_EQ(linked(text), text);
    EXPECT_EQ(safe_link(text), "") << text;
  }
  EXPECT_EQ(safe_link("http://" + std::string(64, 'a')), "");
  EXPECT_EQ(safe_link("http://" + std::string(63, 'a')), "http://" + std::string(63, 'a'));
}

TEST(TextLinks, LeadThereWithoutWhatMayNotStandInAnAddress) {
  const std::string a = "https://a.example";
  EXPECT_EQ(linked(a + "/%zz%4"), "[" + a + "/%25zz%254](" + a + "/%zz%4)");
  EXPECT_EQ(linked(a + "/%7e%7E"), as_it_is(a + "/%7e%7E"));
  EXPECT_EQ(linked(a + "/a|b{c}[d]^e`f"),
            "[" + a + "/a%7Cb%7Bc%7D%5Bd%5D%5Ee%60f](" + a + "/a|b{c}[d]^e`f)");
  EXPECT_EQ(linked(a + "#a|b#c"), "[" + a + "#a%7Cb%23c](" + a + "#a|b#c)");
  EXPECT_EQ(linked(a + "/\u00fc?\u00fc#\u00fc"),
            "[" + a + "/%C3%BC?%C3%BC#%C3%BC](" + a + "/\u00fc?\u00fc#\u00fc)");
  EXPECT_EQ(linked(a + "/-._~!$*+,;=:@/?/?x"), as_it_is(a + "/-._~!$*+,;=:@/?/?x"));
}

TEST(SafeLink, IsTheSameForSources) {
  EXPECT_EQ(safe_link("https://a.example/a|b"), "https://a.example/a%7Cb");
  EXPECT_EQ(safe_link("https://a.example/a b"), "");
  EXPECT_EQ(safe_link("https://a.example/\"><script>"), "");
  EXPECT_EQ(safe_link("javascript:alert(1)"), "");
  EXPECT_EQ(safe_link(""), "");
}

}  // namespace
}  // namespace signalbox::web
