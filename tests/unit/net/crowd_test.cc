// Many requests at once, and what our own machine has no more of.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <thread>
#include <vector>

#include "net/client.h"
#include "tests/support/run.h"
#include "tests/support/scripted_server.h"

namespace signalbox::net {
namespace {

using ::signalbox::testing::http_ok;
using ::signalbox::testing::run_on;
using ::signalbox::testing::Script;
using ::signalbox::testing::ScriptedServer;
using ::signalbox::testing::start_on;

ClientSettings many() {
  ClientSettings settings;
  settings.in_flight = 1000;
  settings.per_host = 400;
  return settings;
}

Request request_of(const std::string& url, Duration timeout) {
  Request request;
  request.url = url;
  request.timeout = timeout;
  request.headers = {{"Connection", "close"}};
  return request;
}

bool ours(const Result<Response>& answer) {
  return !answer && answer.error().what.ends_with(kMaybeOurs);
}

/// Leaves this process room for so many more descriptors, until it ends.
class FewDescriptors {
 public:
  explicit FewDescriptors(rlim_t room) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const int next = dup(0);
    close(next);
    rlimit few = before_;
    few.rlim_cur = static_cast<rlim_t>(next) + room;
    setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &before_); }
  FewDescriptors(const FewDescriptors&) = delete;
  FewDescriptors& operator=(const FewDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(Crowd, AnswersQuickTargetsWhileHundredsHangOnTheSameOne) {
  boost::asio::io_context io;
  const auto http = make_client(io, many());
  ScriptedServer server([](const std::string& request) {
    const bool hangs = request.find("/hang") != std::string::npos;
    return hangs ? Script{"", true} : Script{http_ok("quick"), false};
  });
  int hung = 0;
  int timed_out = 0;
  for (int i = 0; i < 300; ++i) {
    const Request slow = request_of(server.url() + "/hang", std::chrono::seconds(3));
    start_on(io, http->send(slow), [&](const Result<Response>& answer) {
      ++hung;
      timed_out += !answer && !ours(answer) ? 1 : 0;
    });
  }
  int quick = 0;
  int hung_before = -1;
  for (int i = 0; i < 50; ++i) {
    const Request fast = request_of(server.url() + "/quick", std::chrono::seconds(3));
    start_on(io, http->send(fast), [&](const Result<Response>& answer) {
      quick += answer && answer->body == "quick" ? 1 : 0;
      hung_before = hung;
    });
  }
  io.run();
  EXPECT_EQ(quick, 50);
  EXPECT_EQ(hung_before, 0) << "none waited for a hanging one to end";
  EXPECT_EQ(hung, 300);
  EXPECT_EQ(timed_out, 300) << "silence is the target's, not ours";
}

TEST(Crowd, CountsItsOwnQueueAsOurs) {
  boost::asio::io_context io;
  ClientSettings one;
  one.in_flight = 1;
  const auto http = make_client(io, one);
  ScriptedServer hanging([](const std::string&) { return Script{"", true}; });
  std::vector<Result<Response>> answers;
  for (int i = 0; i < 3; ++i) {
    start_on(io, http->send(request_of(hanging.url(), std::chrono::milliseconds(300))),
             [&](Result<Response> answer) { answers.push_back(std::move(answer)); });
  }
  io.run();
  ASSERT_EQ(answers.size(), 3u);
  EXPECT_EQ(std::ranges::count_if(answers, ours), 2) << "those that never had their turn";
}

TEST(Crowd, CountsALackOfDescriptorsAsOurs) {
  boost::asio::io_context io;
  const auto http = make_client(io, many());
  ScriptedServer server([](const std::string&) { return Script{http_ok("x"), false}; });
  const Request request = request_of(server.url(), std::chrono::seconds(2));
  ASSERT_TRUE(run_on(io, http->send(request)));
  {
    const FewDescriptors none(0);
    EXPECT_TRUE(ours(run_on(io, http->send(request))));
  }
  EXPECT_TRUE(run_on(io, http->send(request))) << "and goes on when there are some again";
}

/// A port of ::1 on which nobody listens; none where this machine has no IPv6.
std::optional<int> free_port_of_ipv6() {
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  socklen_t size = sizeof address;
  auto* plain = reinterpret_cast<sockaddr*>(&address);
  const int made = socket(AF_INET6, SOCK_STREAM, 0);
  const bool bound =
      made >= 0 && bind(made, plain, size) == 0 && getsockname(made, plain, &size) == 0;
  close(made);
  return bound ? std::optional<int>(ntohs(address.sin6_port)) : std::nullopt;
}

TEST(Crowd, CountsARefusalByIpv6AsTheTargets) {
  const auto port = free_port_of_ipv6();
  if (!port) GTEST_SKIP() << "skipped, because this machine has no IPv6";
  boost::asio::io_context io;
  const auto http = make_client(io, many());
  const std::string url = "http://[::1]:" + std::to_string(*port) + "/";
  const auto answer = run_on(io, http->send(request_of(url, std::chrono::seconds(2))));
  ASSERT_FALSE(answer);
  EXPECT_FALSE(ours(answer)) << answer.error().what;
}

TEST(Crowd, CountsADeadResolverAsOursAndLetsAddressesPass) {
  boost::asio::io_context io;
  ClientSettings settings = many();
  settings.lookups = 1;
  const auto http = make_client(io, settings);
  ScriptedServer server([](const std::string&) { return Script{http_ok("x"), false}; });
  int blind = 0;
  for (int i = 0; i < 5; ++i) {
    const std::string name = "http://no-such-host-" + std::to_string(i) + ".invalid/";
    start_on(io, http->send(request_of(name, std::chrono::seconds(2))),
             [&](const Result<Response>& answer) { blind += ours(answer) ? 1 : 0; });
  }
  bool answered = false;
  start_on(io, http->send(request_of(server.url(), std::chrono::seconds(2))),
           [&](const Result<Response>& answer) { answered = static_cast<bool>(answer); });
  io.run();
  EXPECT_TRUE(answered);
  EXPECT_EQ(blind, 5);
}

TEST(Crowd, LeavesNoConnectionOfItsOwnBehind) {
  boost::asio::io_context io;
  const auto http = make_client(io, many());
  ScriptedServer server([](const std::string&) { return Script{http_ok("x"), true}; });
  for (int i = 0; i < 20; ++i) {
    ASSERT_TRUE(run_on(io, http->send(request_of(server.url(), std::chrono::seconds(2)))));
  }
  Request connect = request_of(server.url(), std::chrono::seconds(2));
  connect.connect_only = true;
  connect.headers.clear();
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(run_on(io, http->send(connect)));
  const int next = dup(0);
  close(next);
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(run_on(io, http->send(connect)));
  const int then = dup(0);
  close(then);
  EXPECT_LE(then - next, 10) << "half of what one left behind each time would be; the server's "
                                "own ends, in this process, close a little later";
}

TEST(Crowd, ForgetsWhatNobodyWaitsForAnyMore) {
  ScriptedServer hanging([](const std::string&) { return Script{"", true}; });
  ScriptedServer server([](const std::string&) { return Script{http_ok("x"), false}; });
  boost::asio::io_context io;
  ClientSettings one;
  one.in_flight = 1;
  const auto http = make_client(io, one);
  boost::asio::cancellation_signal stop;
  const auto wait = [&]() -> boost::asio::awaitable<void> {
    co_await http->send(request_of(hanging.url(), std::chrono::seconds(20)));
  };
  boost::asio::co_spawn(io, wait,
                        boost::asio::bind_cancellation_slot(stop.slot(), boost::asio::detached));
  while (hanging.most_at_once() == 0) {
    io.poll();
    std::this_thread::yield();
  }
  stop.emit(boost::asio::cancellation_type::terminal);
  const auto next = run_on(io, http->send(request_of(server.url(), std::chrono::seconds(5))));
  EXPECT_TRUE(next) << "the slot is free again";
}

}  // namespace
}  // namespace signalbox::net
