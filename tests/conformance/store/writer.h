// The smallest thing that writes a ledger: reads posts from a cursor on, keeps each with its
// cursor, delivery and reading, and acknowledges what is kept.
#pragma once

#include <set>
#include <string>

#include "store/store.h"
#include "tests/conformance/store/subject.h"

namespace signalbox::store::testing {

/// Lives over any number of processes; what it acknowledged must never be lost.
class Writer {
 public:
  explicit Writer(int posts) : posts_(posts) {}

  /// One process: goes on where the store says, until all is kept or `store` fails in a way that
  /// only a new process mends (`gone` says so). Refusals are repeated.
  template <typename Gone>
  void live(Store& store, Gone gone) {
    while (!gone()) {
      const auto cursor = store.cursor("feed");
      const auto last = store.last_seq();
      if (!cursor || !last) continue;
      const int next = std::stoi(cursor->value_or("0")) + 1;
      if (next > posts_) return;
      const Batch batch = batch_of(next, *last + 1);
      const Status kept = store.keep(batch);
      if (kept) acknowledged_.insert(next);
      if (!kept && kept.error().code != Error::Code::unavailable)
        ADD_FAILURE() << kept.error().what;
      if (kept) measure(store, next);
    }
  }

  /// All or none, once each, in order, and with everything that belongs to it.
  void expect_whole(Store& store) const {
    const auto rows = store.rows(0, 100000);
    ASSERT_TRUE(rows) << rows.error().what;
    for (std::size_t n = 0; n < rows->size(); ++n) {
      const std::string id = std::to_string(n + 1);
      EXPECT_EQ((*rows)[n].key, "feed\n" + id + "\n");
      EXPECT_TRUE(store.delivery(id + "/fedi")->has_value()) << id;
      EXPECT_EQ(*store.answer(id), "ok " + id);
    }
    EXPECT_EQ(store.deliveries(100000)->size(), rows->size());
    EXPECT_EQ(store.cursor("feed")->value_or("0"), std::to_string(rows->size()));
    if (!acknowledged_.empty()) {
      EXPECT_GE(rows->size(), static_cast<std::size_t>(*acknowledged_.rbegin()));
    }
    expect_readings(store);
  }

  std::size_t acknowledged() const { return acknowledged_.size(); }

 private:
  Batch batch_of(int post, std::uint64_t seq) const {
    const std::string id = std::to_string(post);
    Row one = row(seq, "feed\n" + id + "\n");
    one.payload += std::string(3000, 'x');  // several pages a batch
    return {{one}, {{"feed", id}}, {delivery(id)}, {{id, "ok " + id}}};
  }

  static void measure(Store& store, int post) {
    const Reading reading{"prom", "API", at(post * 60), 1, 2, false, std::nullopt};
    static_cast<void>(
        store.keep_readings(std::vector{reading}, Cursor{"prom", std::to_string(post)}));
  }

  /// Readings may end early, but the cursor is that of the last one, and the sums are theirs.
  static void expect_readings(Store& store) {
    const auto readings = store.readings(at(0));
    ASSERT_TRUE(readings) << readings.error().what;
    for (const Grain grain : kGrains) {
      double total = 0;
      for (const ServiceSums& row : *store.sums(grain, Time{})) total += row.sums.requests.total;
      EXPECT_EQ(total, 2.0 * static_cast<double>(readings->size()));
    }
    const auto cursor = store.reading_cursor("prom");
    if (readings->empty()) {
      EXPECT_FALSE(cursor->has_value());
    } else {
      EXPECT_EQ(at(60 * std::stoi(cursor->value_or("0"))), readings->back().instant);
    }
  }

  int posts_;
  std::set<int> acknowledged_;
};

}  // namespace signalbox::store::testing
