#include "net/learned.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>

#include "net/client.h"
#include "net/origin.h"
#include "tests/support/run.h"
#include "tests/support/scripted_server.h"

namespace signalbox::net {
namespace {

using signalbox::testing::http_ok;
using signalbox::testing::Script;
using signalbox::testing::ScriptedServer;

TEST(Learned, ReadsTheEndOfACertificate) {
  EXPECT_EQ(iso_seconds(parse_certificate_end("2026-11-30 16:56:52 GMT").value()),
            "2026-11-30T16:56:52Z");
  for (const char* other : {"", "2026-11-30", "2026-11-30 16:56:52", "Nov 30 16:56:52 2026 GMT",
                            "2026-13-30 16:56:52 GMT", "2026-11-30T16:56:52 GMT"}) {
    EXPECT_EQ(parse_certificate_end(other), std::nullopt) << other;
  }
}

TEST(Learned, TellsHowLongAnAnswerTook) {
  ScriptedServer server([](const std::string&) { return Script{http_ok("fine")}; });
  boost::asio::io_context io;
  const auto client = make_client(io, {});
  for (const bool connect_only : {false, true}) {
    Request request;
    request.url = server.url();
    request.connect_only = connect_only;
    request.about_certificate = true;
    const auto answer = signalbox::testing::run_on(io, client->send(request));
    ASSERT_TRUE(answer) << answer.error().what;
    EXPECT_GE(answer->took.value(), Duration::zero());
    EXPECT_LT(answer->took.value(), std::chrono::seconds(5));
    EXPECT_EQ(answer->certificate_ends, std::nullopt) << "none without TLS";
  }
}

TEST(Origin, TakesReferencesApartAsLibcurlAsksThem) {
  EXPECT_EQ(resolve("http://a.test/b/c?d", "e"), "http://a.test/b/e");
  EXPECT_EQ(resolve("http://a.test/b/c?d", "?e"), "http://a.test/b/c?e");
  EXPECT_EQ(resolve("http://ann:pw@a.test/", "/x"), "http://a.test/x");
  EXPECT_EQ(resolve("http://a.test/", "mailto:x@y"), std::nullopt);
}

}  // namespace
}  // namespace signalbox::net
