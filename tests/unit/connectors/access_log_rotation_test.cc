// Logs moved, copied and cut, packed at once, several between two looks: every line once.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "connectors/access_log/tail.h"

namespace signalbox::connectors::access_log {
namespace {

namespace fs = std::filesystem;

class AccessLogRotation : public ::testing::Test {
 protected:
  AccessLogRotation() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~AccessLogRotation() override { fs::remove_all(folder_); }

  std::string path(const std::string& suffix = "") const {
    return (folder_ / ("access.log" + suffix)).string();
  }
  /// Writes the next line, a number.
  void write(int lines, const std::string& suffix = "") {
    std::ofstream out(path(suffix), std::ios::app);
    for (int i = 0; i < lines; ++i) out << "line " << written_++ << "\n";
  }
  /// What gzip does: the packed file has the other's time, then the other goes.
  void pack(const std::string& suffix) {
    std::ifstream in(path(suffix));
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    gzFile file = gzopen(path(suffix + ".gz").c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    fs::last_write_time(path(suffix + ".gz"), fs::last_write_time(path(suffix)));
    fs::remove(path(suffix));
  }
  /// A minute's fraction later, from the cursor alone.
  void look_again(std::uint64_t most = 1U << 20U) {
    now_ += std::chrono::seconds(10);
    const auto before = cursor_.empty() ? std::nullopt : read_place(cursor_);
    Look found = look(
        path(), before, now_, [&](std::string_view line) { seen_.emplace_back(line); }, most);
    cursor_ = write_place(found.place);
    complaints_.insert(complaints_.end(), found.complaints.begin(), found.complaints.end());
  }
  /// Every line from `from` on was seen once, in order.
  void expect_all(int from) const {
    ASSERT_EQ(seen_.size(), static_cast<std::size_t>(written_ - from));
    for (int i = from; i < written_; ++i)
      EXPECT_EQ(seen_[static_cast<std::size_t>(i - from)], "line " + std::to_string(i));
    EXPECT_TRUE(complaints_.empty()) << complaints_[0];
  }

  fs::path folder_ =
      fs::temp_directory_path() / ("signalbox_rotation_" + std::to_string(::getpid()) + "_" +
                                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
  Time now_ =
      std::chrono::floor<Duration>(std::chrono::system_clock::now()) - std::chrono::minutes(10);
  int written_ = 0;
  std::string cursor_;
  std::vector<std::string> seen_;
  std::vector<std::string> complaints_;
};

TEST_F(AccessLogRotation, ReadsOnInWhatWasPackedAtOnce) {
  write(3);
  look_again();
  write(3);
  fs::rename(path(), path(".1"));
  pack(".1");
  write(3);
  look_again();
  look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, ReadsOnInWhatWasPackedWhileItWasWatched) {
  write(3);
  look_again();
  write(3);
  fs::rename(path(), path(".1"));
  write(3);
  look_again();
  pack(".1");
  for (int i = 0; i < 8; ++i) look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, ReadsTheCopyBeyondTheCut) {
  write(3);
  look_again();
  write(3);
  fs::copy_file(path(), path(".1"));
  fs::resize_file(path(), 0);
  write(2);
  look_again();
  write(1);
  look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, ReadsThePackedCopyBeyondTheCut) {
  write(3);
  look_again();
  write(3);
  fs::copy_file(path(), path("-20261121"));
  fs::resize_file(path(), 0);
  pack("-20261121");
  write(20);
  look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, ReadsNothingTwiceOfACopyMadeBeforeItLooked) {
  write(3);
  look_again();
  write(60);
  fs::copy_file(path(), path(".1"));
  write(2);
  look_again();
  fs::resize_file(path(), 0);
  write(1);
  look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, ReadsLogsThatCameAndWentBetweenTwoLooks) {
  write(2, ".7");
  pack(".7");  // older than all: never ours
  fs::last_write_time(path(".7.gz"), fs::file_time_type::clock::now() - std::chrono::hours(48));
  written_ = 0;
  write(3);
  look_again();
  const auto hours_ago = [](int hours) {
    return fs::file_time_type::clock::now() - std::chrono::hours(hours);
  };
  write(3);
  fs::rename(path(), path(".3"));
  fs::last_write_time(path(".3"), hours_ago(3));
  pack(".3");
  write(4, ".2");
  fs::last_write_time(path(".2"), hours_ago(2));
  pack(".2");
  write(5, ".1");
  fs::last_write_time(path(".1"), hours_ago(1));
  write(2);
  look_again();
  write(1);
  look_again();
  look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, FinishesAPackedLogInSeveralLooks) {
  write(3);
  look_again();
  for (int i = 0; i < 3; ++i) write(60000);
  fs::rename(path(), path(".1"));
  pack(".1");
  write(3);
  for (int i = 0; i < 8; ++i) look_again(1U << 20U);
  expect_all(3);
}

TEST_F(AccessLogRotation, LeavesOtherFilesAlone) {
  write(3);
  look_again();
  std::ofstream(path(".old")) << "other\n";
  std::ofstream(path("-ssl")) << "other\n";
  std::ofstream(path(".1.bak")) << "other\n";
  write(3);
  fs::rename(path(), path(".1"));
  write(3);
  look_again();
  expect_all(3);
}

TEST_F(AccessLogRotation, SaysSoWhenThereIsNoCopy) {
  write(3);
  look_again();
  fs::resize_file(path(), 0);
  write(1);
  look_again();
  ASSERT_EQ(complaints_.size(), 1U);
  EXPECT_NE(complaints_[0].find("was cut"), std::string::npos);
  EXPECT_EQ(seen_.size(), 1U);
}

}  // namespace
}  // namespace signalbox::connectors::access_log
