// What is handed in by POST on the public plane: to whom it goes, whose body is kept, what is
// answered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <mutex>
#include <thread>

#include "tests/unit/web/public_fixture.h"

namespace signalbox::web {
namespace {

using samples::AlwaysBelieved;
using samples::Wire;
using testing::HasSubstr;
using testing::StartsWith;

/// Takes /in by token; answers at once, from another thread, or never.
class Box final : public Letterbox {
 public:
  enum class Manner { at_once, elsewhere, never };
  bool takes(std::string_view path) const override { return path == "/in"; }
  bool admits(std::string_view authorization) const override {
    return authorization == "OAuth good";
  }
  void take(Letter letter, std::function<void(LetterAnswer)> reply) override {
    const LetterAnswer answer{201, "{\"bytes\":" + std::to_string(letter.body.size()) + "}"};
    const std::lock_guard lock(mutex_);
    if (manner == Manner::at_once) reply(answer);
    if (manner == Manner::elsewhere) threads_.emplace_back([reply, answer] { reply(answer); });
    if (manner == Manner::never) kept_.push_back(std::move(reply));
  }
  ~Box() override {
    for (std::thread& thread : threads_) thread.join();
  }
  std::atomic<Manner> manner = Manner::at_once;

 private:
  std::mutex mutex_;
  std::vector<std::thread> threads_;
  std::vector<std::function<void(LetterAnswer)>> kept_;
};

class Letters : public testing::Test {
 protected:
  Letters() {
    PublicSettings settings;
    settings.address = "127.0.0.1:0";
    settings.threads = 1;
    server_ = make_public_server(settings, ready_);
    server_->deliver_to(box_);
    address_ = server_->listen().value();
    server_->serve();
  }
  ~Letters() override { server_->stop(Duration(1000)); }

  static std::string letter(const std::string& body, const std::string& authorization,
                            const std::string& path = "/in") {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nAuthorization: " + authorization +
           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  AlwaysBelieved ready_;
  Box box_;
  std::unique_ptr<PublicServer> server_;
  std::string address_;
};

TEST_F(Letters, AreAskedForWhereTheirHeadWaits) {
  Wire wire(address_);
  const std::string head =
      "POST /in HTTP/1.1\r\nHost: x\r\nAuthorization: OAuth good\r\nContent-Length: 5\r\nExpect: ";
  for (int turn = 0; turn < 2; ++turn) {
    wire.send(head + "100-Continue\r\n\r\n");
    EXPECT_EQ(wire.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    wire.send("he");
    wire.send("llo");
    EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 201 "));
  }
  wire.send(head + "100-continue\r\n\r\nhello");  // it did not wait
  const std::string said = wire.read_answer();
  EXPECT_THAT(said.starts_with("HTTP/1.1 100 ") ? wire.read_answer() : said,
              StartsWith("HTTP/1.1 201 "));
  wire.send(head + "miracles\r\n\r\n");
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 417 "));
}

TEST_F(Letters, AreTakenAndAnsweredOnAConnectionThatStays) {
  Wire wire(address_);
  for (const auto manner : {Box::Manner::at_once, Box::Manner::elsewhere}) {
    box_.manner = manner;
    wire.send(letter("hello", "OAuth good"));
    const std::string answer = wire.read_answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 201 Created\r\n"));
    EXPECT_THAT(answer, HasSubstr("{\"bytes\":5}"));
  }
  wire.send(letter("a", "OAuth good") + letter("bc", "OAuth good"));
  EXPECT_THAT(wire.read_answer(), HasSubstr("{\"bytes\":1}"));
  EXPECT_THAT(wire.read_answer(), HasSubstr("{\"bytes\":2}"));
}

TEST_F(Letters, ComeOnlyFromWhoHasTheToken) {
  Wire wire(address_);
  wire.send(letter("hello", "OAuth bad"));
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 401 "));
  wire.send(letter("hello", "OAuth good", "/other"));
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 404 "));
  wire.send("POST /in HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 401 "));
}

TEST_F(Letters, AreReadInChunksAndNeverTooLarge) {
  Wire wire(address_);
  wire.send(
      "POST /in HTTP/1.1\r\nHost: x\r\nAuthorization: OAuth good\r\n"
      "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_THAT(wire.read_answer(), HasSubstr("{\"bytes\":5}"));
  wire.send(
      "POST /in HTTP/1.1\r\nHost: x\r\nAuthorization: OAuth good\r\nContent-Length: 70000\r\n\r\n");
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 413 "));
}

TEST_F(Letters, AreAnsweredInTimeEvenWhenNobodyAnswers) {
  box_.manner = Box::Manner::never;
  Wire wire(address_);
  wire.send(letter("hello", "OAuth good"));
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 503 "));
}

}  // namespace
}  // namespace signalbox::web
