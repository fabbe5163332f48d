// What a stranger may take of our time, and how often he may ask.
#include <gmock/gmock.h>

#include <thread>

#include "tests/unit/web/public_fixture.h"
#include "web/public/desk.h"

namespace signalbox::web {
namespace {

using samples::Wire;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;

class Limits : public samples::ServedPublicly {};

std::string body_of(const std::string& answer) {
  return answer.substr(answer.find("\r\n\r\n") + 4);
}

TEST_F(Limits, ARangeIsAnsweredByTheWhole) {
  serve(anywhere());
  const std::string whole = last_words(get("/"));
  EXPECT_THAT(whole, HasSubstr("\r\nAccept-Ranges: none\r\n"));
  for (const char* range : {"bytes=0-9", "bytes=5-", "bytes=-1", "bytes=0-0,2-3", "bytes=9999999-",
                            "lines=1-2", "bytes=9-1", ""}) {
    const std::string answer = last_words(get("/", std::string("Range: ") + range + "\r\n"));
    EXPECT_THAT(answer, AllOf(StartsWith("HTTP/1.1 200 OK\r\n"), Not(HasSubstr("Content-Range"))));
    EXPECT_EQ(body_of(answer), body_of(whole)) << range;
  }
  EXPECT_THAT(last_words(get("/", "Range: bytes=0-9\r\nIf-Range: \"x\"\r\n")),
              StartsWith("HTTP/1.1 200 "));
}

TEST_F(Limits, HeadSaysOfEveryAddressWhatGetSays) {
  serve(anywhere());
  const auto without_date = [](std::string head) {
    const auto at = head.find("\r\nDate: ");
    return head.erase(at, head.find("\r\n", at + 2) - at);
  };
  for (const char* path :
       {"/", "/api/board.json", "/healthz", "/readyz", "/nothing", "/badge.svg"}) {
    const std::string got = last_words(get(path));
    std::string asked = get(path);
    asked.replace(0, 3, "HEAD");
    const std::string head = last_words(asked);
    EXPECT_EQ(without_date(head), without_date(got.substr(0, got.find("\r\n\r\n") + 4))) << path;
  }
}

TEST_F(Limits, AnswersAThousandRequestsSentInOneGo) {
  serve(anywhere());
  std::string all;
  for (int i = 0; i < 1000; ++i) {
    all += i % 2 == 0 ? "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
                      : "HEAD /badge.svg HTTP/1.1\r\nHost: x\r\n\r\n";
  }
  Wire wire(address_);
  std::thread sender([&] { wire.send(all + get("/nothing")); });
  for (int i = 0; i < 1000; ++i) {
    const std::string head = wire.read_until("\r\n\r\n");
    ASSERT_THAT(head, StartsWith("HTTP/1.1 200 ")) << i;
    if (i % 2 == 0) {
      ASSERT_EQ(wire.read_until("ok\n"), "ok\n");
    }
  }
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 404 "));
  sender.join();
}

/// Scripts of other origins can tell what is gone from what cannot be reached.
TEST_F(Limits, NothingMayBeReadFromAnyOriginToo) {
  serve(anywhere());
  EXPECT_THAT(
      last_words(get("/api/nothing.json", "Origin: https://a.example\r\n")),
      AllOf(StartsWith("HTTP/1.1 404 "), HasSubstr("\r\nAccess-Control-Allow-Origin: *\r\n")));
}

/// A byte now and then does not buy time: deadlines are counted from the beginning.
TEST_F(Limits, ADripDoesNotMoveADeadline) {
  PublicSettings settings = anywhere();
  settings.header_deadline = 200ms;
  settings.body_deadline = 200ms;
  serve(settings);
  for (const std::string& start :
       {std::string("GET / HTTP/1.1\r\nHost: x\r\nX: "),
        std::string("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9999\r\n\r\n")}) {
    Wire wire(address_);
    wire.send(start);
    const auto began = std::chrono::steady_clock::now();
    while (!wire.hears_something() && std::chrono::steady_clock::now() < began + 5s) wire.send("a");
    EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 408 "));
    EXPECT_LT(std::chrono::steady_clock::now() - began, 2s);
  }
  EXPECT_GE(figure("timed_out_total"), 2);
}

TEST_F(Limits, AnIdleConnectionIsClosedInSilence) {
  PublicSettings settings = anywhere();
  settings.keep_alive = 80ms;
  serve(settings);
  Wire wire(address_);
  wire.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 200 "));
  EXPECT_EQ(wire.read_all(), "");
}

/// Whoever asks and does not read is let go, however much is left to send.
TEST_F(Limits, AReaderWhoDoesNotReadIsLetGo) {
  PublicSettings settings = anywhere();
  settings.answer_deadline = 150ms;
  serve(settings);
  Wire wire(address_);
  std::string much;
  for (int i = 0; i < 4000; ++i) much += "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  std::thread sender([&] { wire.send(much); });
  EXPECT_TRUE(becomes("timed_out_total", 1));
  sender.join();
  // Counted as late first, and gone when what was being written has come back.
  EXPECT_TRUE(becomes("connections", 0));
}

TEST_F(Limits, MoreLiveStreamsThanTheirCapAreToldToComeBack) {
  PublicSettings settings = anywhere();
  settings.live_streams = 2;
  serve(settings);
  const std::string live = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n";
  Wire first(address_), second(address_);
  first.send(live);
  second.send(live);
  EXPECT_THAT(first.read_until("\n\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(second.read_until("\n\n"), StartsWith("HTTP/1.1 200 "));
  EXPECT_THAT(last_words(live),
              AllOf(StartsWith("HTTP/1.1 503 "), HasSubstr("\r\nRetry-After: 2\r\n")));
}

/// A stream whose greeting is still on its way is one already.
TEST_F(Limits, AStreamCountsFromTheMomentItIsGranted) {
  PublicSettings settings = anywhere();
  settings.live_streams = 2;
  const samples::HandClock clock;
  Common common(settings, ready_, clock);
  Desk desk(common);
  desk.show(render(samples::shared(samples::bad_night()), nullptr, nullptr), {});
  Request live;
  live.method = Request::Method::get;
  live.path = "/live";
  const auto granted = [&](Answer& answer) {
    desk.answer(live, answer);
    return answer.head.starts_with("HTTP/1.1 200 ");
  };
  Answer one, two, three;
  EXPECT_TRUE(granted(one));
  EXPECT_TRUE(granted(two));
  EXPECT_FALSE(granted(three));
  one.stream.reset();
  EXPECT_TRUE(granted(three));
  live.method = Request::Method::head;
  two.stream.reset();
  EXPECT_TRUE(granted(one));
  EXPECT_EQ(common.streams, 1) << "HEAD opens none";
}

}  // namespace
}  // namespace signalbox::web
