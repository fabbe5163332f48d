// A fault at every call there is: nothing accepted is lost, nothing is half kept, nothing is kept
// twice.
#include <gtest/gtest-spi.h>

#include "tests/conformance/store/faulty_store.h"
#include "tests/conformance/store/writer.h"

namespace signalbox::store::testing {
namespace {

/// Runs the writer with the fault at call `n`; whether the fault came to pass.
bool run(int n, Fault fault) {
  FaultyStore store(n, fault);
  Writer writer(8);
  for (int lives = 0; lives < 3; ++lives) {
    writer.live(store, [&] { return store.dead(); });
    if (!store.dead()) break;
    store.restart();
  }
  const bool happened = store.happened();
  store.heal();
  writer.expect_whole(store);
  EXPECT_EQ(*store.last_seq(), 8U);
  return happened;
}

TEST(Faults, AtEveryCallNothingIsLostOrHalfKept) {
  for (const Fault fault : {Fault::refuse, Fault::die_before, Fault::die_after}) {
    int n = 1;
    while (run(n, fault) && !::testing::Test::HasFailure()) ++n;
    EXPECT_GT(n, 24);
  }
}

TEST(Faults, TheTestSeesACursorThatRunsAhead) {
  MemoryStore store;
  Writer writer(3);
  writer.live(store, [] { return false; });
  ASSERT_TRUE(store.keep({{}, {{"feed", "9"}}, {}, {}}).ok());
  ::testing::TestPartResultArray failures;
  {
    const ::testing::ScopedFakeTestPartResultReporter here(
        ::testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &failures);
    writer.expect_whole(store);
  }
  EXPECT_EQ(failures.size(), 1);
}

}  // namespace
}  // namespace signalbox::store::testing
