// The SQLite store on a disk that fails, fills up, or loses power at any moment.
#include <gmock/gmock.h>

#include <fstream>

#include "tests/conformance/store/faulty_disk.h"
#include "tests/conformance/store/writer.h"

namespace signalbox::store::testing {
namespace {

using ::testing::HasSubstr;

constexpr int kPosts = 6;

/// Opens until it works: a fault at the start is as good as any.
std::unique_ptr<Store> open_again(const std::string& path) {
  for (int tries = 0; tries < 3; ++tries) {
    auto store = open("sqlite:" + path);
    if (store) return std::move(store).value();
    EXPECT_EQ(store.error().code, Error::Code::unavailable) << store.error().what;
  }
  ADD_FAILURE() << "the store does not open";
  return std::make_unique<MemoryStore>();
}

/// Writes everything with one fault at the n-th change of the disk; whether it came to pass.
bool run(int n, int code) {
  const Scratch scratch;
  FaultyDisk disk(scratch.path(""));
  Writer writer(kPosts);
  disk.fail(n, code);
  auto store = open_again(scratch.path("db"));
  writer.live(*store, [] { return false; });
  store.reset();
  const bool failed = disk.failed();
  disk.fail(0, SQLITE_OK);
  store = open_again(scratch.path("db"));
  writer.expect_whole(*store);
  EXPECT_EQ(*store->last_seq(), static_cast<std::uint64_t>(kPosts));
  return failed;
}

TEST(Disk, AFaultAtAnyWriteIsUnavailableAndLosesNothing) {
  for (const int code : {SQLITE_FULL, SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC}) {
    int n = 1;
    while (run(n, code) && !::testing::Test::HasFailure()) ++n;
    EXPECT_GT(n, 60) << "every write, truncation and sync was tried";
  }
}

/// Puts what a power cut leaves into a folder of its own and looks at it; whether readings went, as
/// they may.
bool expect_whole_after_a_power_cut(const FaultyDisk& disk, const std::string& folder,
                                    std::mt19937_64& chance, const Writer& writer) {
  const Scratch after;
  for (const auto& [path, bytes] : disk.after_power_cut(chance)) {
    std::ofstream(after.path(path.substr(folder.size())), std::ios::binary) << bytes;
  }
  auto store = open("sqlite:" + after.path("db"));
  EXPECT_TRUE(store) << store.error().what;
  if (!store) return false;
  writer.expect_whole(**store);
  EXPECT_LE(*(*store)->last_seq(), writer.acknowledged() + 1);
  return (*store)->readings({})->size() + 1 < writer.acknowledged();
}

TEST(Disk, APowerCutAtAnyMomentLeavesExactlyWhatWasKept) {
  const Scratch scratch;
  const std::string folder = scratch.path("");
  FaultyDisk disk(folder);
  Writer writer(kPosts);
  std::mt19937_64 chance(7);
  int moments = 0;
  int lost_readings = 0;
  disk.on_change([&] {
    if (::testing::Test::HasFailure()) return;
    ++moments;
    if (expect_whole_after_a_power_cut(disk, folder, chance, writer)) ++lost_readings;
  });
  for (int lives = 0; lives < 3; ++lives) {  // closing copies the log into the database
    auto store = open_again(scratch.path("db"));
    int calls = 0;
    writer.live(*store, [&] { return ++calls > kPosts / 3; });
  }
  EXPECT_EQ(writer.acknowledged(), static_cast<std::size_t>(kPosts));
  EXPECT_GT(moments, 80);
  EXPECT_GT(lost_readings, 0) << "the power is cut in earnest";
}

TEST(Disk, ALockIsUnavailableForAsLongAsItIsHeld) {
  SqliteSubject subject;
  ASSERT_TRUE(subject.store().keep(batch(1)).ok());
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open(subject.path().c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  for (int n = 0; n < 3; ++n) {
    const auto status = subject.store().keep(batch(2));
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, Error::Code::unavailable);
    EXPECT_THAT(status.error().what, HasSubstr("locked by another program"));
    EXPECT_EQ(*subject.store().last_seq(), 1U);
  }
  sqlite3_close(other);
  EXPECT_TRUE(subject.store().keep(batch(2)).ok());
}

TEST(Disk, ADamagedFileIsNamedWithTheRemedy) {
  SqliteSubject subject;
  for (std::uint64_t n = 1; n <= 300; ++n) {
    Batch big = batch(n);
    big.rows[0].payload.append(2000, 'x');
    ASSERT_TRUE(subject.store().keep(big).ok());
  }
  subject.reopen();
  const std::string path = subject.path();
  const Scratch copy;
  std::filesystem::copy(path, copy.path("db"));
  std::fstream file(copy.path("db"), std::ios::in | std::ios::out | std::ios::binary);
  const auto size = std::filesystem::file_size(copy.path("db"));
  for (std::uintmax_t page = 4096; page + 4096 < size; page += 4096) {
    file.seekp(static_cast<std::streamoff>(page));
    file << std::string(64, '\xff');
  }
  file.close();
  auto store = open("sqlite:" + copy.path("db"));
  ASSERT_TRUE(store) << store.error().what;
  const auto rows = (*store)->rows(0, 1000);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, Error::Code::corrupt);
  EXPECT_THAT(rows.error().what, HasSubstr(copy.path("db") + ": is damaged"));
  EXPECT_THAT(rows.error().what, HasSubstr("put a backup in its place"));
}

TEST(Disk, KeepingCostsTheSameWithAHundredTimesTheHistory) {
  const Scratch scratch;
  FaultyDisk disk(scratch.path(""));
  auto store = open_again(scratch.path("db"));
  int writes = 0;
  disk.on_change([&] { ++writes; });
  const auto cost_of_ten = [&](std::uint64_t from) {
    writes = 0;
    for (std::uint64_t n = from; n < from + 10; ++n) EXPECT_TRUE(store->keep(batch(n)).ok());
    return writes;
  };
  const int young = cost_of_ten(1);
  Batch history;
  for (std::uint64_t n = 11; n <= 2000; ++n) {
    const Batch one = batch(n);
    history.rows.push_back(one.rows[0]);
    history.deliveries.push_back(one.deliveries[0]);
    history.deliveries.back().state = DeliveryState::sent;
    history.answers.push_back(one.answers[0]);
  }
  ASSERT_TRUE(store->keep(history).ok());
  static_cast<void>(cost_of_ten(2001));  // the log may be copied now
  EXPECT_LE(cost_of_ten(2011), young * 3);
}

}  // namespace
}  // namespace signalbox::store::testing
