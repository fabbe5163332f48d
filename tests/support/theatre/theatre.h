// The whole program in one process and in virtual time: a real core and store, real connectors, and
// a stage for each network. A night passes in milliseconds; a restart is a new core on the same
// store.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "app/core/core.h"
#include "connectors/registry.h"
#include "tests/support/fake_clock.h"
#include "tests/support/fake_http.h"
#include "tests/support/stage.h"

namespace signalbox::testing {

/// An account on a stage.
struct Part {
  std::string id;
  std::string kind;
  bool announce = true;
  bool staff = false;
  bool mentions = false;  ///< are read too; the stage's colleague is an author
};

class Theatre final : public app::Surroundings {
 public:
  /// `services`: ids; those in `measured` have a source that is asked every 10 s.
  Theatre(const std::vector<std::string>& services, const std::vector<std::string>& measured,
          const std::vector<Part>& parts, const std::string& store_url = "memory:");
  ~Theatre() override;

  FakeClock& clock() { return clock_; }
  app::Core& core() { return *core_; }
  app::Plan& plan() { return plan_; }
  Stage& stage(const std::string& account) { return *players_.at(account).stage; }
  /// What stands on an account by our word, oldest first.
  std::vector<std::string> said(const std::string& account);
  /// How many of them contain `text`.
  std::size_t said_with(const std::string& account, const std::string& text);
  SnapshotPtr board() const { return board_->newest(); }
  State state(const std::string& service) const;

  /// From here on, every 10 s a reading of `total` requests of which this share is good; negative:
  /// no reading at all.
  void measure(const std::string& service, double percent_good, double total = 1000);
  /// Time passes second by second: sources every 10 s, accounts every 10 s, deliveries as they come
  /// due.
  void pass(Duration length);
  /// Reads every account once, now.
  void poll_all();
  /// `say` on the local account; gives the outcome's JSON.
  std::string say(const std::string& text, const std::string& key = "");
  /// The process dies and comes back at once: jobs in flight are lost with their outcomes.
  void crash();
  /// At each of the courier's durable steps the process dies with this probability; from a seed.
  void crash_sometimes(double probability, unsigned seed);
  /// This share of what is said is accepted and its answer lost.
  void lose_answers(const std::string& account, double probability, unsigned seed);

  // What the core asks for.
  void hand_out(const outbox::Job& job) override { jobs_.push_back(job); }
  Limits limits(const std::string& account) override;
  std::uint64_t random() override { return random_(); }

 private:
  struct Player {
    Part part;
    std::unique_ptr<Stage> stage;
    std::unique_ptr<FakeHttp> http;
    std::unique_ptr<FakePause> pause;
    std::unique_ptr<connectors::Network> network;
    std::string cursor;
    double lose = 0;
    Time polled{};
    Time looked{};
  };
  struct Feed {
    double percent = -1;
    double total = 0;
  };

  void add_player(const Part& part);
  void raise_core();
  void poll(Player& player);
  void look_again(Player& player);
  void hand_in(Player& player, std::vector<Post> posts, std::optional<std::string> cursor,
               bool caught_up);
  void feed_sources();
  void work_off_jobs();
  outbox::Outcome play(const outbox::Job& job);
  bool dies();

  FakeClock clock_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<board::Board> board_;
  app::Plan plan_;
  std::map<std::string, Player> players_;
  std::map<std::string, Feed> feeds_;
  std::unique_ptr<app::Core> core_;
  std::deque<outbox::Job> jobs_;
  std::mt19937_64 random_{1};
  std::mt19937_64 fate_{1};
  std::mt19937_64 wire_{1};
  double crash_probability_ = 0;
  Time fed_{};
};

}  // namespace signalbox::testing
