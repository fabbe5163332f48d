#include "connectors/server.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/connectors/query_fixture.h"

namespace signalbox::connectors {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ServerTest : public signalbox::testing::QueryFixture {
 protected:
  Server server(const SourceSetup& made) {
    return Server(made, "http://usual.test", {{"Authorization", "Bearer hush"}},
                  World{http_, pause_, clock_});
  }
};

TEST_F(ServerTest, BelievesTheCertificatesNamedBesideTheConfiguration) {
  const auto folder = std::filesystem::temp_directory_path() / "signalbox_server_test";
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "ca.pem") << "x";
  SourceSetup made = setup({{"ca_file", "ca.pem"}}, {});
  made.directory = folder.string();
  EXPECT_EQ(server(made).get("/x", {}).ca_file, (folder / "ca.pem").string());
  EXPECT_TRUE(made.settings.mistakes().empty());
  SourceSetup absent = setup({{"ca_file", "none.pem"}}, {});
  absent.directory = folder.string();
  server(absent);
  ASSERT_THAT(absent.settings.mistakes(), SizeIs(1));
  EXPECT_THAT(absent.settings.mistakes()[0].what, HasSubstr("none.pem"));
  std::filesystem::remove_all(folder);
}

TEST_F(ServerTest, SignsInWhereItIsOrUsuallyIs) {
  SourceSetup made = setup({}, {});
  made.base_url = "http://far.test/prefix//";
  const net::Request form = server(made).post("/q", {{"a", "b c"}});
  EXPECT_EQ(form.url, "http://far.test/prefix/q");
  EXPECT_EQ(form.body, "a=b%20c");
  EXPECT_EQ(form.headers.at(0).second, "Bearer hush");
  made.base_url.clear();
  EXPECT_EQ(server(made).get("/q", {{"a", "1"}}).url, "http://usual.test/q?a=1");
}

TEST_F(ServerTest, BlamesTheQueryOnlyWhereTheServerSaysWhy) {
  const auto code = [&](int status, const char* body) {
    return server(setup({}, {})).refused(net::Response{status, {}, body}, "far").code;
  };
  EXPECT_EQ(code(400, R"({"error":"parse error"})"), Error::Code::invalid);
  EXPECT_EQ(code(422, R"({"message":"no such bucket"})"), Error::Code::invalid);
  EXPECT_EQ(code(503, R"({"error":"query timed out"})"), Error::Code::unavailable);
  EXPECT_EQ(code(401, R"({"error":"who are you?"})"), Error::Code::unauthorized);
  EXPECT_EQ(code(429, ""), Error::Code::rate_limited);
}

}  // namespace
}  // namespace signalbox::connectors
