// A network that loses answers and a process that dies between any two steps: nothing doubled,
// nothing missing. Two couriers that do it wrong go through the same, to show that it can be seen.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "outbox/outbox.h"
#include "store/memory/memory_store.h"
#include "tests/unit/outbox/bench.h"
#include "tests/unit/outbox/fake_network.h"

namespace signalbox::outbox::testing {
namespace {

/// What was done wrong over a whole simulation.
struct Damage {
  int doubled = 0;
  int missing = 0;
  int taken_for_a_persons = 0;
};

/// Thrown by the simulation where the process dies.
struct Death {};

/// Everything that outlives the process: store, network, virtual time, chance.
struct World {
  explicit World(std::uint64_t seed) : chance(seed), network(chance) {}

  /// The process dies here every now and then.
  void may_die() {
    if (chance() % 50 == 0) throw Death();
  }
  void keep(store::Batch batch) {
    may_die();
    if (!batch.empty()) check(store.keep(batch).ok(), "the memory store keeps everything");
    may_die();
  }
  bool all_settled() { return store.open_deliveries().value().empty(); }

  std::mt19937_64 chance;
  store::MemoryStore store;
  FakeNetwork network;
  Time now = at(0);
};

std::string text_of(int n) { return "API-ISSUE: number " + std::to_string(n); }

Damage damage(const World& world, int announcements) {
  const auto counts = world.network.counted();
  Damage found;
  for (int n = 0; n < announcements; ++n) {
    const auto it = counts.find(text_of(n));
    if (it == counts.end()) ++found.missing;
    if (it != counts.end() && it->second > 1) ++found.doubled;
  }
  return found;
}

/// One life of the real thing: the core's turn, its courier and its poller, until death or until
/// all is settled.
class Life {
 public:
  explicit Life(World& world) : world_(world), outbox_(mediator_, {}) {
    outbox_.on_sent_as([this](std::string_view account, std::string_view id) {
      return world_.store.sent_as(account, id).value().has_value();
    });
    world_.keep(batch(outbox_.resume(world_.store.open_deliveries().value(), world_.now)));
  }

  int taken_for_a_persons() const { return strangers_; }

  void run() {
    while (outbox_.waiting() > 0) {
      poll();
      const auto claim = outbox_.claim(world_.now);
      world_.keep(batch(claim.rows));
      for (const Job& job : claim.jobs) finish(work(job));
      world_.now = std::max(world_.now + Duration(10), outbox_.next_due().value_or(world_.now));
    }
  }

 private:
  static store::Batch batch(std::vector<Delivery> rows) {
    store::Batch batch;
    batch.deliveries = std::move(rows);
    return batch;
  }

  Outcome work(const Job& job) {
    world_.may_die();
    Outcome outcome = ended(job, job.what == Job::What::send ? send(job) : look(job));
    if (outcome.end == Outcome::End::said) outcome.id = found_;
    world_.may_die();
    world_.now += Duration(200);
    return outcome;
  }

  Outcome::End send(const Job& job) {
    switch (world_.network.say(job.delivery.text, world_.now)) {
      case FakeNetwork::Answer::accepted:
        found_ = world_.network.last_id();
        return Outcome::End::said;
      case FakeNetwork::Answer::lost:
        return Outcome::End::in_doubt;
      case FakeNetwork::Answer::refused:
      case FakeNetwork::Answer::unreachable:
        return Outcome::End::later;
    }
    return Outcome::End::in_doubt;
  }

  Outcome::End look(const Job& job) {
    if (world_.chance() % 10 == 0) return Outcome::End::later;
    const auto said = world_.network.find(job.delivery.text, world_.now);
    if (said) found_ = said->id;
    return said ? Outcome::End::said : Outcome::End::not_found;
  }

  void finish(const Outcome& outcome) {
    if (const auto row = outbox_.settle(outcome, world_.now)) world_.keep(batch({*row}));
  }

  /// Reads our own timeline on from the kept cursor: every post there is ours.
  void poll() {
    if (world_.chance() % 3 != 0) return;
    const auto cursor = world_.store.cursor("fedi").value();
    auto next = static_cast<std::size_t>(std::stoi(cursor.value_or("0")));
    store::Batch read;
    while (next < world_.network.said().size() &&
           world_.network.said()[next].visible <= world_.now) {
      const auto& said = world_.network.said()[next++];
      auto seen = outbox_.recognise(post(said.id, said.text), world_.now);
      if (!seen.ours) ++strangers_;
      if (seen.row) read.deliveries.push_back(*seen.row);
    }
    read.cursors.push_back({"fedi", std::to_string(next)});
    world_.keep(read);
  }

  World& world_;
  FixedMediator mediator_;
  Outbox outbox_;
  std::string found_;
  int strangers_ = 0;
};

store::Batch announcements(int count) {
  store::Batch batch;
  for (int n = 0; n < count; ++n) {
    Delivery d = delivery(std::to_string(n));
    d.text = text_of(n);
    batch.deliveries.push_back(d);
  }
  return batch;
}

/// Lives one life after the other until nothing is left to do.
Damage live(std::uint64_t seed, int count, const std::function<int(World&)>& life) {
  World world(seed);
  check(world.store.keep(announcements(count)).ok(), "kept");
  int strangers = 0;
  while (!world.all_settled()) {
    try {
      strangers += life(world);
    } catch (const Death&) {
      world.now += seconds(1);
    }
  }
  Damage found = damage(world, count);
  found.taken_for_a_persons = strangers;
  return found;
}

int real_life(World& world) {
  Life life(world);
  life.run();
  return life.taken_for_a_persons();
}

void keep_as(World& world, Delivery delivery, DeliveryState state) {
  delivery.state = state;
  store::Batch batch;
  batch.deliveries = {std::move(delivery)};
  world.keep(batch);
}

int mark_then_send(World& world) {
  const auto open = world.store.open_deliveries().value();
  for (const Delivery& d : open) {
    keep_as(world, d, DeliveryState::sent);
    world.network.say(d.text, world.now);
    world.may_die();
  }
  return 0;
}

int send_then_mark(World& world) {
  const auto open = world.store.open_deliveries().value();
  for (const Delivery& d : open) {
    while (world.network.say(d.text, world.now) != FakeNetwork::Answer::accepted) world.may_die();
    world.may_die();
    keep_as(world, d, DeliveryState::sent);
  }
  return 0;
}

TEST(Simulation, OverTwoThousandAnnouncementsNothingIsDoubledOrMissing) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    const Damage found = live(seed, 500, real_life);
    EXPECT_EQ(found.doubled, 0);
    EXPECT_EQ(found.missing, 0);
    EXPECT_EQ(found.taken_for_a_persons, 0);
  }
}

TEST(Simulation, ShowsThatMarkThenSendLoses) { EXPECT_GT(live(1, 500, mark_then_send).missing, 0); }

TEST(Simulation, ShowsThatSendThenMarkDoubles) {
  EXPECT_GT(live(1, 500, send_then_mark).doubled, 0);
}

}  // namespace
}  // namespace signalbox::outbox::testing
