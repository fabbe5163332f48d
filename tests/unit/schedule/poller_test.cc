#include "schedule/poller.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "schedule/rhythm.h"
#include "tests/support/fake_clock.h"

namespace signalbox::schedule {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;
using Turn = boost::asio::awaitable<std::optional<Duration>>;

const SteadyTime kStart{seconds(1000)};

TEST(Rhythm, SpreadsTheFirstTurnsOverTheInterval) {
  int early = 0;
  for (std::uint64_t random = 0; random < 10'000; random += 10) {
    const Duration wait = first_wait(seconds(10), random);
    EXPECT_GE(wait, Duration(0));
    EXPECT_LT(wait, seconds(10));
    early += wait < seconds(5) ? 1 : 0;
  }
  EXPECT_EQ(early, 500);
  EXPECT_EQ(first_wait(Duration(0), 7), Duration(0));
}

TEST(Rhythm, KeepsTurnsAnIntervalApartWhateverTheyTake) {
  for (std::uint64_t random = 0; random < 3000; random += 7) {
    const Duration wait = next_wait(seconds(10), kStart, kStart + seconds(3), random);
    EXPECT_GE(wait, milliseconds(6500));
    EXPECT_LE(wait, milliseconds(7500));
  }
  EXPECT_EQ(next_wait(seconds(10), kStart, kStart + seconds(30), 0), Duration(0));
  EXPECT_EQ(next_wait(Duration(1), kStart, kStart, 0), Duration(1));
}

class PollerTest : public ::testing::Test {
 protected:
  Polling polling(Duration every) {
    Polling polling;
    polling.every = every;
    polling.at_once = true;
    polling.random = [] { return 0u; };
    return polling;
  }

  boost::asio::io_context io_;
  testing::FakeClock clock_;
};

TEST_F(PollerTest, AsksAgainAndAgainUntilStopped) {
  int turns = 0;
  Poller* self = nullptr;
  Polling asked = polling(milliseconds(1));
  asked.turn = [&]() -> Turn {
    if (++turns == 5) self->stop();
    co_return std::nullopt;
  };
  Poller poller(io_, clock_, std::move(asked));
  self = &poller;
  poller.start();
  io_.run();
  EXPECT_EQ(turns, 5);
}

TEST_F(PollerTest, HasItsTurnAtItsPlaceInTheInterval) {
  const SystemClock clock;
  Time asked_at{};
  Poller* self = nullptr;
  Polling asked = polling(seconds(1));
  asked.at_once = false;
  asked.beat = first_beat(seconds(1), milliseconds(300), clock.now(), clock.steady());
  asked.turn = [&]() -> Turn {
    asked_at = clock.now();
    self->stop();
    co_return std::nullopt;
  };
  Poller poller(io_, clock, std::move(asked));
  self = &poller;
  poller.start();
  io_.run();
  const Duration place = asked_at.time_since_epoch() % seconds(1);
  EXPECT_GE(place, milliseconds(299));
  EXPECT_LT(place, milliseconds(800)) << "unless this machine was asleep";
}

TEST_F(PollerTest, NeverOverlapsTurnsAndRemembersAWakeInBetween) {
  int turns = 0;
  int most = 0;
  int now = 0;
  Poller* self = nullptr;
  Polling asked = polling(hours(1));
  asked.turn = [&]() -> Turn {
    most = std::max(most, ++now);
    EXPECT_TRUE(self->busy());
    if (++turns == 3) self->stop();
    self->wake();
    boost::asio::steady_timer timer(io_, milliseconds(2));
    co_await timer.async_wait(boost::asio::use_awaitable);
    --now;
    co_return std::nullopt;
  };
  Poller poller(io_, clock_, std::move(asked));
  self = &poller;
  poller.start();
  io_.run();
  EXPECT_EQ(turns, 3) << "each wake() during a turn is followed by one more";
  EXPECT_EQ(most, 1);
}

TEST_F(PollerTest, IsWokenFromItsWait) {
  int turns = 0;
  Polling asked = polling(hours(1));
  asked.turn = [&]() -> Turn {
    ++turns;
    co_return std::nullopt;
  };
  Poller poller(io_, clock_, std::move(asked));
  poller.start();
  io_.poll();
  EXPECT_EQ(turns, 1);
  poller.wake();
  io_.poll();
  EXPECT_EQ(turns, 2);
  poller.stop();
  io_.run();
  EXPECT_EQ(turns, 2);
}

TEST_F(PollerTest, KeepsTheWaitThatAFailureAskedFor) {
  int turns = 0;
  Polling asked = polling(milliseconds(1));
  asked.turn = [&]() -> Turn {
    ++turns;
    co_return Duration(hours(1));
  };
  Poller poller(io_, clock_, std::move(asked));
  poller.start();
  io_.poll();
  poller.wake();
  io_.poll();
  EXPECT_EQ(turns, 1);
  poller.stop();
  io_.run();
}

TEST_F(PollerTest, MayBeDestroyedWhileATurnIsInProgress) {
  bool ended = false;
  Polling asked = polling(hours(1));
  asked.turn = [&]() -> Turn {
    boost::asio::steady_timer timer(io_, milliseconds(2));
    co_await timer.async_wait(boost::asio::use_awaitable);
    ended = true;
    co_return std::nullopt;
  };
  auto poller = std::make_unique<Poller>(io_, clock_, std::move(asked));
  poller->start();
  io_.poll();
  poller.reset();
  io_.run();
  EXPECT_TRUE(ended);
}

}  // namespace
}  // namespace signalbox::schedule
