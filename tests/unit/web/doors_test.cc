// Where the planes are reached, and whom they take a connection for.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/web/public_fixture.h"
#include "web/take_address.h"

namespace signalbox::web {
namespace {

using samples::Wire;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;
using namespace std::string_literals;

class Doors : public samples::ServedPublicly {
 protected:
  Doors() : folder_(testing::TempDir() + "doors" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Doors() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }
  PublicSettings by_path() const {
    PublicSettings settings;
    settings.address = "unix:" + path();
    return settings;
  }
  std::string path() const { return folder_ + "/public.sock"; }
  static PublicSettings introduced() {
    PublicSettings settings = anywhere();
    settings.proxy_protocol = true;
    settings.per_address = 1;
    return settings;
  }

  const std::string folder_;
};

TEST_F(Doors, ServeOnASocketInTheFileSystem) {
  serve(by_path());
  EXPECT_EQ(address_, "unix:" + path());
  EXPECT_THAT(last_words(get("/")), AllOf(StartsWith("HTTP/1.1 200 "), HasSubstr("API service")));
  struct stat about {};
  ASSERT_EQ(::stat(path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0660U);
  server_->stop(0s);
  server_.reset();
  EXPECT_FALSE(std::filesystem::exists(path()));
}

TEST_F(Doors, ReplaceASocketThatNobodyListensOn) {
  {
    boost::asio::io_context context;
    Acceptor left(context);
    ASSERT_TRUE(take_address(left, "unix:" + path(), {}));
  }
  ASSERT_TRUE(std::filesystem::exists(path()));
  serve(by_path());
  EXPECT_THAT(last_words(get("/healthz")), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Doors, LeaveAloneWhatIsSomebodyElses) {
  serve(by_path());
  const auto second = make_public_server(by_path(), ready_)->listen();
  ASSERT_FALSE(second);
  EXPECT_THAT(second.error().what, AllOf(HasSubstr(path()), HasSubstr("somebody else listens")));
  EXPECT_THAT(last_words(get("/healthz")), StartsWith("HTTP/1.1 200 "));
  PublicSettings on_a_file = by_path();
  on_a_file.address = "unix:" + folder_ + "/notes";
  std::ofstream(folder_ + "/notes") << "keep me";
  const auto third = make_public_server(on_a_file, ready_)->listen();
  ASSERT_FALSE(third);
  EXPECT_THAT(third.error().what, HasSubstr("it is no socket"));
  EXPECT_EQ(std::filesystem::file_size(folder_ + "/notes"), 7U);
}

TEST_F(Doors, NameWhatASocketCannotBe) {
  PublicSettings settings = by_path();
  settings.socket_group = "no-such-group-here";
  const auto refused = make_public_server(settings, ready_)->listen();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("there is no group"));
  EXPECT_FALSE(std::filesystem::exists(path()));
  settings.socket_group.clear();
  settings.address = "unix:" + folder_ + "/none/public.sock";
  EXPECT_THAT(make_public_server(settings, ready_)->listen().error().what, HasSubstr("/none/"));
  settings.address = "unix:/" + std::string(107, 'x');
  EXPECT_THAT(make_public_server(settings, ready_)->listen().error().what,
              HasSubstr("1 to 107 bytes"));
}

TEST_F(Doors, CountThoseBehindASocketByWhatItsProxySays) {
  PublicSettings settings = by_path();
  settings.per_address = 1;
  settings.trusted_proxies = {"10.0.0.0/8"};
  serve(settings);
  const std::string named =
      get("/healthz", "X-Forwarded-For: 192.0.2.1, 203.0.113.9, 10.0.0.1\r\n");
  Wire first(address_);
  first.send("GET /live HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n");
  first.read_until("\n\n");
  EXPECT_THAT(last_words(named), StartsWith("HTTP/1.1 429 "));
  EXPECT_THAT(last_words(get("/healthz")), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Doors, BelieveOnlyConfiguredProxies) {
  PublicSettings settings = anywhere();
  settings.per_address = 1;
  settings.trusted_proxies = {"10.0.0.0/8"};
  serve(settings);
  const std::string named = "GET /live HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";
  Wire first(address_);
  first.send(named);
  first.read_until("\n\n");
  EXPECT_THAT(last_words(get("/healthz", "X-Forwarded-For: 203.0.113.9\r\n")),
              StartsWith("HTTP/1.1 200 "));
}

TEST_F(Doors, TakeAProxysWordForWhomAConnectionIs) {
  serve(introduced());
  const std::string line = "PROXY TCP4 203.0.113.9 198.51.100.1 49152 443\r\n";
  Wire first(address_);
  first.send(line + "GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(first.read_until("\n\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(last_words(line + get("/healthz")), StartsWith("HTTP/1.1 429 "));
  EXPECT_THAT(last_words("PROXY TCP4 203.0.113.10 198.51.100.1 1 443\r\n" + get("/healthz")),
              StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(last_words("PROXY UNKNOWN\r\n" + get("/healthz")), StartsWith("HTTP/1.1 200 "));
  const std::string local = "\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00"s;
  EXPECT_THAT(last_words(local + get("/healthz")), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Doors, HearAnIntroductionHoweverItIsCutUp) {
  serve(introduced());
  const std::string block =
      "\r\n\r\n\0\r\nQUIT\n\x21\x11\x00\x0c\xcb\x00\x71\x09\xc6\x33\x64\x01\x00\x01\x01\xbb"s;
  Wire wire(address_);
  for (const char c : block + "GET /healthz HTTP/1.1\r\nHost: x\r\n") wire.send(std::string(1, c));
  wire.send("\r\nGET /badge.svg HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(wire.read_answer(), HasSubstr("\r\n\r\nok\n"));
  EXPECT_THAT(wire.read_answer(), HasSubstr("<svg"));
}

TEST_F(Doors, CloseOnAProxyThatDoesNotIntroduceItsClient) {
  serve(introduced());
  EXPECT_THAT(last_words(get("/")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(last_words("PROXY TCP4 nobody nowhere 1 2\r\n" + get("/")),
              StartsWith("HTTP/1.1 400 "));
  const std::string twice = "PROXY UNKNOWN\r\nPROXY UNKNOWN\r\n" + get("/");
  EXPECT_THAT(last_words(twice), StartsWith("HTTP/1.1 400 "));
  EXPECT_GE(figure("refused_total"), 3);
}

TEST_F(Doors, RefuseAnIntroductionByStrangers) {
  PublicSettings settings = introduced();
  settings.trusted_proxies = {"10.0.0.0/8"};
  serve(settings);
  EXPECT_THAT(last_words("PROXY TCP4 203.0.113.9 198.51.100.1 1 443\r\n" + get("/")),
              AllOf(StartsWith("HTTP/1.1 400 "), Not(HasSubstr("HTTP/1.1 200 "))));
  EXPECT_THAT(last_words(get("/healthz")), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Doors, RefuseAnIntroductionThatNobodyAskedFor) {
  serve(anywhere());
  EXPECT_THAT(last_words("PROXY UNKNOWN\r\n" + get("/")), StartsWith("HTTP/1.1 400 "));
  EXPECT_THAT(last_words("\r\n\r\n\0\r\nQUIT\n\x20\x00\x00\x00"s + get("/")),
              StartsWith("HTTP/1.1 400 "));
}

TEST_F(Doors, GiveAnIntroductionOnlySoLong) {
  PublicSettings settings = introduced();
  settings.header_deadline = 80ms;
  serve(settings);
  EXPECT_EQ(last_words("PROXY TCP4 203.0."), "");
}

}  // namespace
}  // namespace signalbox::web
