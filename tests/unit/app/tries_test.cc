// What checks found, on its way through basket and core: kept together, and never DOWN for trouble
// of our own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "app/core/core.h"
#include "app/lines/basket.h"
#include "store/open.h"

namespace signalbox::app {
namespace {

using std::chrono::seconds;

constexpr int kServices = 8;

std::string service(int n) { return "S" + std::to_string(n); }
std::string check_of(int n) { return service(n) + "/http/1"; }

Plan plan_of_checks() {
  Plan plan;
  for (int n = 0; n < kServices; ++n) {
    Service one;
    one.id = one.name = service(n);
    one.measured = true;
    plan.services.push_back(one);
    plan.check_rules[check_of(n)].every = plan.intervals[one.id] = seconds(30);
  }
  AccountPolicy ops;
  ops.id = ops.kind = "ops";
  ops.staff = true;
  plan.accounts.push_back(ops);
  plan.rules.accounts[ops.id] = ops;
  return plan;
}

Tried good(int n, Time at) {
  Tried tried{check_of(n), {}};
  Reading reading;
  reading.source = check_of(n);
  reading.service = service(n);
  reading.instant = at;
  reading.good = reading.total = 1;
  reading.check = true;
  tried.measured.readings.push_back(reading);
  return tried;
}

Tried blind(int n) { return {check_of(n), {{}, "", {"GET http://a/: no route (ours)"}}}; }

class Tries : public ::testing::Test, public Surroundings {
 protected:
  Tries() : directory_("/tmp/signalbox-tries-" + std::to_string(::getpid())) {
    std::filesystem::create_directory(directory_);
    store_ = std::move(store::open("sqlite:" + directory_ + "/signalbox.db")).value();
    core_ = std::make_unique<Core>(*store_, clock_, board_, *this, plan_of_checks());
    check(core_->start().ok(), "the core starts");
  }
  ~Tries() override {
    core_.reset();
    store_.reset();
    std::filesystem::remove_all(directory_);
  }
  void hand_out(const outbox::Job&) override {}
  Limits limits(const std::string&) override { return {}; }
  std::uint64_t random() override { return 7; }

  /// One turn of the core; what it answered.
  Status take(const std::vector<Tried>& tries) {
    Status answer;
    core_->take_tries(tries, [&](const Status& kept) { answer = kept; });
    core_->commit();
    return answer;
  }
  /// Lets the net thread work until the basket is empty.
  static void empty(boost::asio::io_context& io, const Basket& basket) {
    const auto work = boost::asio::make_work_guard(io);
    while (!basket.empty()) io.run_one_for(seconds(1));
  }
  std::size_t kept() { return store_->readings({}).value().size(); }
  State state(int n) const {
    for (const ServiceView& view : board_.newest()->services) {
      if (view.id == service(n)) return view.state;
    }
    return State::maint;
  }
  std::size_t words_to_staff() { return core_->outbox().open().size(); }

  const std::string directory_;
  SystemClock clock_;
  std::unique_ptr<store::Store> store_;
  board::Board board_;
  std::unique_ptr<Core> core_;
};

TEST_F(Tries, OfManyChecksAreKeptAndJudgedTogether) {
  const Time now = clock_.now();
  std::vector<Tried> tries;
  for (int n = 0; n < kServices; ++n) {
    tries.push_back(good(n, now - seconds(30)));
    tries.push_back(good(n, now));
  }
  EXPECT_TRUE(take(tries));
  EXPECT_EQ(kept(), 2u * kServices);
  for (int n = 0; n < kServices; ++n) EXPECT_EQ(state(n), State::up) << n;
}

TEST_F(Tries, OfACheckThatIsNoLongerConfiguredCountForNothing) {
  Tried gone = good(0, clock_.now());
  gone.check = gone.measured.readings[0].source = "S0/http/2";
  EXPECT_TRUE(take({gone}));
  EXPECT_EQ(kept(), 0u);
}

TEST_F(Tries, ThatFoundNothingOutAreToldStaffByOneWordWhereManyAreBlind) {
  std::vector<Tried> tries;
  for (int n = 0; n < kServices; ++n) tries.push_back(blind(n));
  for (int round = 0; round < 3; ++round) EXPECT_TRUE(take(tries));
  EXPECT_EQ(words_to_staff(), 5u + 1u);
  for (int n = 0; n < kServices; ++n) EXPECT_EQ(state(n), State::unknown) << "never DOWN";
}

TEST_F(Tries, ThatMakeNoSenseLoseNoOthers) {
  Tried insane = good(0, clock_.now());
  insane.measured.readings[0].good = 2;
  const Tried sound = good(1, clock_.now());
  for (int round = 0; round < 2; ++round) EXPECT_TRUE(take({insane, sound}));
  EXPECT_EQ(kept(), 1u);
  EXPECT_EQ(words_to_staff(), 1u);
  EXPECT_EQ(state(0), State::unknown);
}

TEST_F(Tries, TellOfACertificateOnceAlsoAfterARestart) {
  Tried tried = good(0, clock_.now());
  tried.measured.notices.push_back({"certificate a 2026-12-04", "it ends in 6 days"});
  EXPECT_TRUE(take({tried}));
  EXPECT_EQ(words_to_staff(), 1u);
  EXPECT_EQ(kept(), 1u) << "the try counts all the same";
  core_ = std::make_unique<Core>(*store_, clock_, board_, *this, plan_of_checks());
  ASSERT_TRUE(core_->start());
  tried.measured.notices[0].text = "it ends in 5 days";
  EXPECT_TRUE(take({tried}));
  EXPECT_EQ(words_to_staff(), 1u) << "the one of before";
  tried.measured.notices[0].key = "certificate a 2027-12-04";
  EXPECT_TRUE(take({tried}));
  EXPECT_EQ(words_to_staff(), 2u);
}

/// Another program writes to the readings for a while.
class Lock {
 public:
  explicit Lock(const std::string& path) {
    sqlite3_open(path.c_str(), &file_);
    held_ = sqlite3_exec(file_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  ~Lock() { sqlite3_close(file_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  bool held() const { return held_; }

 private:
  sqlite3* file_ = nullptr;
  bool held_ = false;
};

TEST_F(Tries, WaitInTheBasketWhileTheStoreDoesNotTakeThem) {
  boost::asio::io_context io;
  CoreLoop loop(*core_, clock_, [] {});
  const auto basket = std::make_shared<Basket>(io, loop);
  auto lock = std::make_unique<Lock>(directory_ + "/signalbox.db-readings");
  ASSERT_TRUE(lock->held());
  const Time now = clock_.now();
  for (int n = 0; n < kServices; ++n) basket->put(good(n, now));
  EXPECT_EQ(basket->held(), std::size_t{kServices});
  const auto work = boost::asio::make_work_guard(io);
  io.run_for(Basket::kGathered + seconds(1));
  EXPECT_EQ(basket->held(), std::size_t{kServices}) << "given back by the core";
  lock.reset();
  basket->put(good(0, now + seconds(1)));
  empty(io, *basket);
  loop.stop();
  EXPECT_EQ(kept(), kServices + 1u);
}

TEST_F(Tries, ReachTheCoreInBatches) {
  boost::asio::io_context io;
  std::atomic<int> turns = 0;
  CoreLoop loop(*core_, clock_, [&turns] { ++turns; });
  const auto basket = std::make_shared<Basket>(io, loop);
  const Time now = clock_.now();
  for (int i = 0; i < 2500; ++i) basket->put(good(i % kServices, now + Duration(i)));
  empty(io, *basket);
  loop.stop();
  EXPECT_EQ(kept(), 2500u);
  EXPECT_LT(turns, 20);
}

TEST_F(Tries, ThatAreGoodAgainGatherLongerUntilOneIsNot) {
  boost::asio::io_context io;
  const auto work = boost::asio::make_work_guard(io);
  CoreLoop loop(*core_, clock_, [] {});
  const auto basket = std::make_shared<Basket>(io, loop);
  const Time now = clock_.now();
  for (int i = 0; i < Basket::kSteady; ++i) basket->put(good(0, now + Duration(i)));
  empty(io, *basket);
  EXPECT_EQ(kept(), 2u);
  const auto time_to_empty = [&] {
    const SteadyTime began = clock_.steady();
    empty(io, *basket);
    return clock_.steady() - began;
  };
  basket->put(good(0, now + Duration(5)));
  EXPECT_GT(time_to_empty(), Basket::kRoutine / 2) << "it says what was known";
  basket->put(good(0, now + Duration(6)));
  basket->put(blind(0));
  EXPECT_LT(time_to_empty(), Basket::kRoutine) << "it goes along with what is new";
  basket->put(good(0, now + Duration(7)));
  EXPECT_LT(time_to_empty(), Basket::kRoutine) << "a good try after one that was not is new";
  loop.stop();
  EXPECT_EQ(kept(), 5u);
}

TEST_F(Tries, ReachTheCoreAgainThoughAllThatWasGivenBackIsDropped) {
  boost::asio::io_context io;
  const auto work = boost::asio::make_work_guard(io);
  CoreLoop loop(*core_, clock_, [] {});
  const auto basket = std::make_shared<Basket>(io, loop);
  auto lock = std::make_unique<Lock>(directory_ + "/signalbox.db-readings");
  ASSERT_TRUE(lock->held());
  basket->put(good(0, clock_.now()));
  while (basket->held() > 0) io.run_one_for(seconds(1));
  while (basket->held() == 0) io.run_one_for(seconds(1));  // given back
  basket->drop(check_of(0));
  io.run_for(Basket::kOfferedAgain + seconds(1));  // nothing is there to be offered
  lock.reset();
  basket->put(good(1, clock_.now()));
  empty(io, *basket);
  loop.stop();
  EXPECT_EQ(kept(), 1u);
}

TEST_F(Tries, AreHeldUpToALimitWhileTheCoreTakesNothing) {
  boost::asio::io_context io;
  CoreLoop loop(*core_, clock_, [] {});
  const auto basket = std::make_shared<Basket>(io, loop);
  const Time now = clock_.now();
  for (std::size_t i = 0; i < Basket::kMostHeld + 1; ++i) basket->put(good(0, now));
  EXPECT_LE(basket->held(), Basket::kMostHeld);
  EXPECT_GT(basket->held(), Basket::kMostHeld - Basket::kMostAtOnce - 1);
  loop.stop();
}

TEST_F(Tries, OfACheckThatWasStoppedLeaveTheBasket) {
  boost::asio::io_context io;
  CoreLoop loop(*core_, clock_, [] {});
  const auto basket = std::make_shared<Basket>(io, loop);
  basket->put(good(0, clock_.now()));
  basket->put(good(1, clock_.now()));
  basket->drop(check_of(0));
  empty(io, *basket);
  loop.stop();
  EXPECT_EQ(kept(), 1u);
}

}  // namespace
}  // namespace signalbox::app
