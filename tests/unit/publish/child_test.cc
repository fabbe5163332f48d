#include "publish/child.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>

namespace signalbox::publish {
namespace {

using testing::HasSubstr;
using namespace std::chrono_literals;

const std::atomic<bool> kGoOn = false;

TEST(Child, ThatEndsWellIsWell) { EXPECT_TRUE(run_program({"true"}, 10s, kGoOn)); }

TEST(Child, TellsItsCodeAndItsLastLine) {
  const auto done =
      run_program({"sh", "-c", "echo first; echo 'no such host' >&2; exit 12"}, 10s, kGoOn);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "sh ended with 12: no such host");
}

TEST(Child, GetsItsWordsUntouchedByAnyShell) {
  EXPECT_TRUE(run_program({"test", "$(false); `x` *", "=", "$(false); `x` *"}, 10s, kGoOn));
}

TEST(Child, HasNoFileOfOurs) {
  const int ours = ::open("/dev/null", O_RDONLY);  // as sockets are: not closed by exec
  ASSERT_GE(ours, 3);
  const std::string path = "/proc/self/fd/" + std::to_string(ours);
  EXPECT_TRUE(run_program({"test", "!", "-e", path}, 10s, kGoOn));
  ::close(ours);
}

TEST(Child, KeepsLittleOfALot) {
  const auto done = run_program(
      {"sh", "-c", "yes 0123456789 | head -c 3000000; echo; echo the end; exit 3"}, 20s, kGoOn);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "sh ended with 3: the end");
}

TEST(Child, IsKilledWithAllItStarted) {
  const auto began = std::chrono::steady_clock::now();
  const auto done =
      run_program({"sh", "-c", "tail -f /dev/null & tail -f /dev/null"}, 300ms, kGoOn);
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().what, HasSubstr("took longer than 300ms"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, 5s) << "the pipe of a grandchild is open";
}

TEST(Child, ThatClosesItsOutputAndGoesOnIsKilledToo) {
  EXPECT_FALSE(run_program({"sh", "-c", "exec >&- 2>&-; tail -f /dev/null"}, 300ms, kGoOn));
}

TEST(Child, EndsWhenAllEnds) {
  const std::atomic<bool> stop = true;
  EXPECT_THAT(run_program({"tail", "-f", "/dev/null"}, 10s, stop).error().what,
              HasSubstr("stopped"));
}

TEST(Child, ThatIsNotThereIsInvalid) {
  const auto done = run_program({"no-such-program-of-ours"}, 10s, kGoOn);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Error::Code::invalid);
  EXPECT_THAT(done.error().what, HasSubstr("cannot be started"));
}

}  // namespace
}  // namespace signalbox::publish
