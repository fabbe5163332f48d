#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/unit/web/public_fixture.h"
#include "web/public/request.h"

namespace signalbox::web {
namespace {

using samples::HandClock;
using samples::Wire;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

class Believed final : public Readiness {
 public:
  std::string not_ready_because() const override { return broken ? "store: disk full" : ""; }
  std::atomic<bool> broken{false};
};

class Public : public testing::Test {
 protected:
  /// Starts on a free port with `settings`, serving the bad night.
  void serve(PublicSettings settings = {}) {
    settings.address = "127.0.0.1:0";
    settings.threads = 2;
    server_ = make_public_server(settings, ready_, clock_);
    server_->publish(render(samples::shared(samples::bad_night()), nullptr, nullptr), "");
    address_ = server_->listen().value();
    server_->serve();
  }

  std::string ask(const std::string& request) {
    Wire wire(address_);
    wire.send(request);
    return wire.read_answer();
  }
  std::string get(const std::string& path, const std::string& lines = "") {
    return ask("GET " + path + " HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n");
  }
  /// Everything that comes until the other side closes.
  std::string last_words(const std::string& request) {
    Wire wire(address_);
    wire.send(request);
    return wire.read_all();
  }

  HandClock clock_;
  Believed ready_;
  std::unique_ptr<PublicServer> server_;
  std::string address_;
};

TEST_F(Public, ServesThePageWithItsHeaders) {
  serve();
  const std::string answer = get("/?utm=1");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  for (const char* line :
       {"\r\nContent-Type: text/html; charset=utf-8\r\n", "\r\nETag: \"",
        "\r\nVary: Accept-Language, Accept-Encoding\r\n", "\r\nX-Frame-Options: DENY",
        "\r\nStrict-Transport-Security: ", "\r\nDate: ",
        "\r\nContent-Security-Policy: default-src 'none'", "\r\nReferrer-Policy: "}) {
    EXPECT_THAT(answer, HasSubstr(line));
  }
  EXPECT_THAT(answer, HasSubstr("API service is down"));
  EXPECT_THAT(get("/api/board.json"), AllOf(HasSubstr("Access-Control-Allow-Origin: *"),
                                            HasSubstr("Access-Control-Expose-Headers: ETag")));
}

TEST_F(Public, AnswersPipelinedRequestsInOrder) {
  serve();
  Wire wire(address_);
  wire.send(
      "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /badge.svg HTTP/1.1\r\nHost: x\r\n\r\nGET ");
  EXPECT_THAT(wire.read_answer(), HasSubstr("\r\n\r\nok\n"));
  EXPECT_THAT(wire.read_answer(), HasSubstr("<svg"));
  wire.send("/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 404 "));
}

TEST_F(Public, HeadHasTheHeadersAndNoBody) {
  serve();
  const std::string answer = last_words("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(answer, HasSubstr("Content-Length: "));
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST_F(Public, NegotiatesEncodings) {
  serve();
  const auto coding = [this](const std::string& accepts) {
    const std::string answer = get("/", "Accept-Encoding: " + accepts + "\r\n");
    const auto at = answer.find("Content-Encoding: ");
    return at == std::string::npos ? "" : answer.substr(at + 18, answer.find('\r', at) - at - 18);
  };
  EXPECT_EQ(coding("gzip, deflate, br"), "br");
  EXPECT_EQ(coding("gzip;q=1.0, br;q=0.5"), "gzip");
  EXPECT_EQ(coding("br;q=0, gzip;q=0.1"), "gzip");
  EXPECT_EQ(coding("gzip;q=0"), "");
  EXPECT_EQ(coding("*"), "br");
  EXPECT_EQ(coding("identity"), "");
}

TEST_F(Public, KnowsWhatTheReaderHas) {
  serve();
  const std::string first = get("/", "Accept-Encoding: gzip\r\n");
  const auto at = first.find("ETag: ") + 6;
  const std::string etag = first.substr(at, first.find('\r', at) - at);
  const std::string lines = "Accept-Encoding: gzip\r\nIf-None-Match: \"x\", W/" + etag + "\r\n";
  const std::string second = get("/", lines);
  EXPECT_THAT(second, StartsWith("HTTP/1.1 304 Not Modified\r\n"));
  EXPECT_THAT(second, Not(HasSubstr("Content-Length")));
  EXPECT_THAT(get("/", "If-None-Match: " + etag + "\r\n"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Public, AnswersInTheLanguageTheReaderWants) {
  serve();
  const std::string german = get("/", "Accept-Language: de-AT, en;q=0.5\r\n");
  EXPECT_THAT(german, HasSubstr("Content-Language: de\r\n"));
  EXPECT_THAT(german, HasSubstr("Vary: Accept-Language, Accept-Encoding\r\n"));
  EXPECT_THAT(german, HasSubstr("<html lang=\"de\""));
  EXPECT_THAT(get("/"), HasSubstr("<html lang=\"en\""));
  EXPECT_THAT(get("/", "Accept-Language: tlh\r\nAccept-Language: ja;q=0.1\r\n"),
              HasSubstr("<html lang=\"ja\""));
  EXPECT_THAT(get("/fr/", "Accept-Language: de\r\n"), HasSubstr("<html lang=\"fr\""));
  EXPECT_THAT(get("/api/board.json", "Accept-Language: de\r\n"),
              HasSubstr("Vary: Accept-Encoding\r\n"));
  const std::string head = last_words("HEAD /fr/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(head, HasSubstr("Content-Language: fr\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("<html")));
}

TEST_F(Public, KnowsInWhichLanguageTheReaderHasIt) {
  serve();
  const std::string asks_german = "Accept-Language: de\r\n";
  const std::string german = get("/", asks_german);
  const auto start = german.find("ETag: ") + 6;
  const std::string tag = german.substr(start, german.find("\r\n", start) - start);
  const std::string has_german = "If-None-Match: " + tag + "\r\n";
  const std::string again = get("/", asks_german + has_german);
  EXPECT_THAT(again, StartsWith("HTTP/1.1 304 "));
  EXPECT_THAT(again, HasSubstr("Content-Language: de\r\n"));
  EXPECT_THAT(get("/", has_german), StartsWith("HTTP/1.1 200 ")) << "English is another document";
}

TEST_F(Public, LeadsFromALanguageWithoutItsSlash) {
  serve();
  EXPECT_THAT(get("/de"), StartsWith("HTTP/1.1 302 "));
  EXPECT_THAT(get("/de"), HasSubstr("Location: de/\r\n")) << "relative, below any prefix";
  EXPECT_THAT(get("/tlh"), StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(get("/de/nothing"), StartsWith("HTTP/1.1 404 "));
}

TEST_F(Public, TakesAnyNumberOfHostileLanguages) {
  serve();
  for (int i = 0; i < 600; ++i) {
    const std::string lines =
        "Accept-Language: x" + std::to_string(i) + ";q=1,\x01 de;;;q==,-,*;q=0.0001,fr\r\n";
    ASSERT_THAT(get("/", lines), StartsWith("HTTP/1.1 ")) << i;
  }
  const std::string long_one = "Accept-Language: " + std::string(6000, ',') + "\r\n";
  EXPECT_THAT(get("/", long_one), HasSubstr("<html lang=\"en\""));
}

TEST_F(Public, RefusesWhatIsNotCleanHttpOnceAndCloses) {
  serve();
  const std::string host = "Host: x\r\n";
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"GET /\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", "505"},
      {"GET / HTTP/0.9\r\n\r\n", "400"},
      {"GET http://u@x/ HTTP/1.1\r\n" + host + "\r\n", "400"},
      {"GET nowhere HTTP/1.1\r\n" + host + "\r\n", "400"},
      {"\x16\x03\x01\x02 hello\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost : x\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: u@x\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n" + host + host + "\r\n", "400"},
      {"POST / HTTP/1.1\r\n" + host +
           "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "400"},
      {"POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
       "400"},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", "400"},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999\r\n\r\n", "413"},
      {"GET /" + std::string(5000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", "414"},
      {"GET /" + std::string(9000, 'a'), "414"},
      {"GET / HTTP/1.1\r\nX: " + std::string(9000, 'a'), "431"},
      {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(200'000, 'a') + "\r\n\r\n", "431"},
      {"GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\n" + host + "X: a\r\n\tContent-Length: 5\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", "400"},
  };
  for (const auto& [request, status] : cases) {
    const std::string answer = last_words(request + "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + status)) << request.substr(0, 80);
    EXPECT_EQ(answer.find("HTTP/1.1 ", 8), std::string::npos) << "a second answer to " << request;
  }
}

TEST(PublicRequest, IsReadHoweverItIsCutUp) {
  const std::string text = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n\n a\n";
  for (std::size_t cut = 1; cut < text.size(); ++cut) {
    Request request;
    RequestReader reader(request);
    const auto first = reader.feed(std::string_view(text).substr(0, cut));
    EXPECT_EQ(first.progress, RequestReader::Progress::needs_more) << cut;
    const auto second = reader.feed(std::string_view(text).substr(first.taken));
    EXPECT_EQ(second.progress, RequestReader::Progress::complete) << cut;
  }
}

TEST_F(Public, KeepsBrowsersOnHttpsByEveryAnswer) {
  serve();
  const std::string host = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  for (const std::string request :
       {"GET /healthz", "GET /readyz", "GET /no", "POST /", "GET nowhere"}) {
    EXPECT_THAT(last_words(request + host), HasSubstr("\r\nStrict-Transport-Security: "))
        << request;
  }
  Wire live(address_);
  live.send("GET /live" + host);
  EXPECT_THAT(live.read_until("\r\n\r\n"), HasSubstr("\r\nStrict-Transport-Security: "));
  Snapshot plain = samples::bad_night();
  plain.page.url = "http://status.acme.example";
  server_->publish(render(samples::shared(plain), nullptr, nullptr), "");
  EXPECT_THAT(get("/healthz"), Not(HasSubstr("Strict-Transport-Security")));
}

TEST_F(Public, TakesABodyAndSaysWhatIsAllowed) {
  serve();
  EXPECT_THAT(ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"),
              AllOf(StartsWith("HTTP/1.1 405 "), HasSubstr("Allow: GET, HEAD")));
  EXPECT_THAT(ask("POST /no HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
                  "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
              StartsWith("HTTP/1.1 404 "));
}

TEST_F(Public, TellsOtherOriginsWhatTheyMayAsk) {
  serve();
  const std::string lines =
      "Host: x\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: GET\r\n"
      "Access-Control-Request-Headers: if-none-match\r\nConnection: close\r\n\r\n";
  const std::string allowed = last_words("OPTIONS /api/v2/summary.json HTTP/1.1\r\n" + lines);
  EXPECT_THAT(allowed, AllOf(StartsWith("HTTP/1.1 204 "), EndsWith("\r\n\r\n"),
                             HasSubstr("\r\nAllow: GET, HEAD, OPTIONS\r\n"),
                             HasSubstr("\r\nAccess-Control-Allow-Origin: *\r\n"),
                             HasSubstr("\r\nAccess-Control-Allow-Headers: *\r\n"),
                             Not(HasSubstr("Content-Length"))));
  EXPECT_THAT(last_words("OPTIONS /no HTTP/1.1\r\n" + lines), StartsWith("HTTP/1.1 404 "));
}

TEST_F(Public, ShowsBrowsersAPageWhereNothingIs) {
  serve();
  const std::string browser = "Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";
  const std::string url = "https://status.acme.example/";
  EXPECT_THAT(get("/no/thing", browser),
              AllOf(StartsWith("HTTP/1.1 404 Not Found\r\n"), HasSubstr("<h1>Page not found</h1>"),
                    HasSubstr("Content-Security-Policy: "), HasSubstr("href=\"" + url + "\""),
                    HasSubstr("href=\"" + url + "de/\""), Not(HasSubstr("href=\"./"))));
  EXPECT_THAT(get("/de/no", browser),
              AllOf(HasSubstr("<html lang=\"de\""), HasSubstr("href=\"" + url + "de/history\"")));
  EXPECT_THAT(get("/no", browser + "Accept-Language: ja\r\n"), HasSubstr("<html lang=\"ja\""));
  EXPECT_THAT(get("/no", browser + "If-None-Match: *\r\n"),
              AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("Cache-Control: no-store\r\n"),
                    Not(HasSubstr("ETag: ")), Not(HasSubstr("no-cache"))));
  const std::string head =
      last_words("HEAD /no HTTP/1.1\r\nHost: x\r\n" + browser + "Connection: close\r\n\r\n");
  EXPECT_THAT(head, AllOf(HasSubstr("text/html"), Not(HasSubstr("<html"))));
  Snapshot german = samples::bad_night();
  german.page.languages = {"de"};
  server_->publish(render(samples::shared(german), nullptr, nullptr), "");
  EXPECT_THAT(get("/fr/", browser), HasSubstr("<h1>Page not found</h1>")) << "offered no more";
  EXPECT_THAT(get("/no"), EndsWith("\r\n\r\nThere is nothing here.\n")) << "to programs";
}

TEST_F(Public, GivesAHeadOnlySoLong) {
  PublicSettings settings;
  settings.header_deadline = 80ms;
  serve(settings);
  EXPECT_THAT(last_words("GET / HTTP/1.1\r\nHost"), StartsWith("HTTP/1.1 408 "));
  EXPECT_EQ(last_words(""), "");
}

TEST_F(Public, GivesABodyOnlySoLong) {
  PublicSettings settings;
  settings.body_deadline = 80ms;
  serve(settings);
  EXPECT_THAT(last_words("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc"),
              StartsWith("HTTP/1.1 408 "));
}

TEST_F(Public, CountsClientsBehindAProxyByTheirOwnAddress) {
  PublicSettings settings;
  settings.per_address = 1;
  serve(settings);
  const std::string request =
      "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";
  Wire first(address_);
  first.send(request);
  EXPECT_THAT(first.read_answer(), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(last_words(request), StartsWith("HTTP/1.1 429 "));
  EXPECT_THAT(get("/healthz", "X-Forwarded-For: 203.0.113.10\r\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Public, TurnsAwayWhatIsOverTheCap) {
  PublicSettings settings;
  settings.connections = 16;
  serve(settings);
  std::vector<std::unique_ptr<Wire>> open;
  for (int i = 0; i < 16; ++i) {
    open.push_back(std::make_unique<Wire>(address_));
    open.back()->send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_THAT(open.back()->read_answer(), StartsWith("HTTP/1.1 200 "));
  }
  EXPECT_THAT(last_words(""), StartsWith("HTTP/1.1 503 "));
}

TEST_F(Public, SaysWhenTheCoreHasGoneSilentAndWhenItIsBack) {
  serve();
  clock_.pass(59s);
  EXPECT_THAT(get("/"), Not(HasSubstr("Not updated since")));
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 200 "));
  clock_.pass(2s);
  EXPECT_THAT(get("/"),
              AllOf(StartsWith("HTTP/1.1 200 "),
                    HasSubstr("Not updated since <time datetime=\"2026-11-21T03:30:00Z\"")));
  EXPECT_THAT(get("/api/board.json"), HasSubstr("\"stale\":true"));
  EXPECT_THAT(get("/readyz"), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
  server_->heartbeat();
  EXPECT_THAT(get("/"), Not(HasSubstr("Not updated since")));
}

TEST_F(Public, NamesTheReasonItShouldNotBeBelieved) {
  serve();
  ready_.broken = true;
  const std::string answer = get("/readyz");
  EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("store: disk full\n")));
  EXPECT_THAT(get("/"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Public, TellsOpenStreamsWhatChanged) {
  PublicSettings settings;
  settings.live_beat = 50ms;
  serve(settings);
  Wire wire(address_);
  wire.send("GET /live HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(wire.read_until("retry: 3000\n"), HasSubstr("text/event-stream"));
  wire.read_until(": beat\n\n");
  server_->publish(render(samples::shared(samples::bad_night()), nullptr, nullptr), "{\"a\":1}");
  EXPECT_THAT(wire.read_until("data: {\"a\":1}\n\n"), HasSubstr("data: {\"a\":1}\n\n"));
}

TEST_F(Public, AnswersBeforeTheFirstPublication) {
  PublicSettings settings;
  settings.address = "127.0.0.1:0";
  server_ = make_public_server(settings, ready_, clock_);
  address_ = server_->listen().value();
  server_->serve();
  EXPECT_THAT(get("/"), StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(get("/healthz"), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Public, KeepsThoseWhoConnectWaitingUntilItServes) {
  PublicSettings settings;
  settings.address = "127.0.0.1:0";
  server_ = make_public_server(settings, ready_, clock_);
  address_ = server_->listen().value();
  Wire early(address_);
  early.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_FALSE(early.hears_something());
  server_->serve();
  EXPECT_THAT(early.read_answer(), StartsWith("HTTP/1.1 200 "));
}

TEST_F(Public, MayBeTakenDownBeforeItServed) {
  PublicSettings settings;
  settings.address = "127.0.0.1:0";
  const auto never = make_public_server(settings, ready_);
  const std::string address = never->listen().value();
  Wire early(address);
  never->stop(0s);
}

TEST_F(Public, NamesTheAddressItCannotTake) {
  serve();
  PublicSettings settings;
  settings.address = address_;
  const auto second = make_public_server(settings, ready_)->listen();
  ASSERT_FALSE(second.has_value());
  EXPECT_THAT(second.error().what, HasSubstr(address_));
}

}  // namespace
}  // namespace signalbox::web
