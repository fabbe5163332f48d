// Lines sent over TCP: caps, deadlines, and readings that are given until they are kept.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>

#include "connectors/access_log/listener.h"
#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::connectors::access_log {
namespace {

using signalbox::testing::FakeClock;
using signalbox::testing::FakePause;
using signalbox::testing::ScriptedHttp;

/// A raw sender on loopback.
class Sender {
 public:
  explicit Sender(const std::string& address) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    to.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.rfind(':') + 1))));
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof(to)), 0);
  }
  ~Sender() { close(); }
  void send(std::string_view bytes) const {
    ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  }
  void close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }
  /// Whether the far side has closed; waits up to five seconds for it.
  bool closed() const {
    const timeval patience{5, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    char byte = 0;
    return ::recv(socket_, &byte, 1, 0) == 0;
  }

 private:
  int socket_;
};

class AccessLogListener : public ::testing::Test {
 protected:
  void open(ListenerLimits limits) {
    listener_ = std::move(*listen(
        io_.get_executor(), "127.0.0.1:0",
        [this](std::string_view line) { lines_.emplace_back(line); }, limits));
  }
  /// Runs until so many lines came, five seconds at most.
  void hear(std::size_t lines) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (lines_.size() < lines && std::chrono::steady_clock::now() < until)
      io_.run_one_for(std::chrono::milliseconds(20));
    EXPECT_EQ(lines_.size(), lines);
  }

  boost::asio::io_context io_;
  std::vector<std::string> lines_;
  std::unique_ptr<Listener> listener_;
};

TEST_F(AccessLogListener, GivesLinesHoweverTheyAreCut) {
  open({});
  Sender one(listener_->address());
  Sender two(listener_->address());
  one.send("a\nb");
  hear(1);
  two.send("c\n");
  hear(2);
  one.send("b\n\nlast");
  hear(4);
  one.close();
  hear(5);
  EXPECT_EQ(lines_, (std::vector<std::string>{"a", "c", "bb", "", "last"}));
}

TEST_F(AccessLogListener, CutsWhatIsTooLongAndGoesOn) {
  open({.connections = 4, .line = 10, .unfinished = std::chrono::seconds(30)});
  Sender sender(listener_->address());
  sender.send(std::string(200000, 'x') + "\nshort\n" + std::string(30, 'y'));
  sender.send("\n");
  hear(3);
  EXPECT_EQ(lines_,
            (std::vector<std::string>{std::string(10, 'x'), "short", std::string(10, 'y')}));
}

TEST_F(AccessLogListener, ClosesWhatIsTooMany) {
  open({.connections = 1, .line = 1000, .unfinished = std::chrono::seconds(30)});
  Sender first(listener_->address());
  first.send("a\n");
  hear(1);
  Sender second(listener_->address());
  io_.run_for(std::chrono::milliseconds(50));
  EXPECT_TRUE(second.closed());
  first.send("b\n");
  hear(2);
}

TEST_F(AccessLogListener, ClosesALineThatNeverEndsAndLeavesTheQuiet) {
  open({.connections = 4, .line = 1000, .unfinished = std::chrono::milliseconds(40)});
  Sender quiet(listener_->address());
  Sender slow(listener_->address());
  slow.send("begun");
  hear(1);
  EXPECT_EQ(lines_[0], "begun") << "what came of it is counted";
  EXPECT_TRUE(slow.closed());
  quiet.send("still here\n");
  hear(2);
}

TEST(AccessLogHeard, RefusesWhatIsNotThisMachine) {
  boost::asio::io_context io;
  for (const char* address : {"0.0.0.0:0", "10.1.2.3:514", "example.org:514", "127.0.0.1", ""})
    EXPECT_FALSE(listen(io.get_executor(), address, [](std::string_view) {})) << address;
}

TEST(AccessLogHeard, GivesReadingsUntilTheyAreKept) {
  FakeClock clock;
  FakePause pause{clock};
  ScriptedHttp http{[](const net::Request&) { return Result<net::Response>(unavailable("none")); }};
  boost::asio::io_context io;
  const auto poll = [&](Meter& meter, const std::string& cursor) {
    std::optional<Result<Measured>> found;
    const auto ask = [&]() -> Task<void> { found.emplace(co_await meter.poll(cursor)); };
    boost::asio::co_spawn(io, ask(), boost::asio::detached);
    while (!found) io.run_one();
    return std::move(*found);
  };
  // A port that was free a moment ago.
  std::string address;
  {
    const auto probe = listen(io.get_executor(), "127.0.0.1:0", [](std::string_view) {});
    address = (*probe)->address();
  }
  SourceSetup setup;
  setup.id = "sys";
  setup.every = std::chrono::seconds(10);
  setup.settings = Settings({{"listen", {address, {}, 1, 1}}});
  setup.questions.push_back({"API", Settings({{"tag", {"nginx", {}, 1, 1}}})});
  const auto meter = meter_kind("access_log")->make(setup, World{http, pause, clock});
  const auto first = poll(*meter, "").value();
  Sender sender(address);
  const auto line = [&](int status, const std::string& time) {
    return "<190>Nov 21 04:00:00 vm nginx: 1.1.1.1 - - [" + time + " +0000] \"GET / HTTP/1.1\" " +
           std::to_string(status) + " 3 \"-\" \"-\" 0.1\n";
  };
  const std::string now = "21/Nov/2026:04:00:00";
  sender.send(line(200, now) + line(500, now) + "nonsense\n" + line(200, "21/Nov/2026:03:00:01"));
  sender.close();
  io.run_for(std::chrono::milliseconds(100));
  clock.advance(std::chrono::seconds(10));
  const auto second = poll(*meter, first.cursor).value();
  ASSERT_EQ(second.readings.size(), 2U);
  EXPECT_EQ(second.readings[0].total, 1) << "what was held back counts at its own time";
  EXPECT_EQ(iso_seconds(second.readings[0].instant), "2026-11-21T03:00:10Z");
  EXPECT_EQ(second.readings[1].good, 1);
  EXPECT_EQ(second.readings[1].total, 2);
  EXPECT_EQ(second.complaints.size(), 1U);
  // The store did not take them: the cursor is the old one.
  const auto again = poll(*meter, first.cursor).value();
  EXPECT_EQ(again.readings, second.readings);
  clock.advance(std::chrono::seconds(10));
  const auto third = poll(*meter, again.cursor).value();
  ASSERT_EQ(third.readings.size(), 1U);
  EXPECT_EQ(third.readings[0].total, 0);
}

}  // namespace
}  // namespace signalbox::connectors::access_log
