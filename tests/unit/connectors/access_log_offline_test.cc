// Access logs from end to end: minutes, families, compressed files, bytes cut anywhere.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "connectors/access_log/offline.h"

namespace signalbox::connectors::access_log {
namespace {

Rules rules() {
  SourceSetup setup;
  setup.questions.push_back({"API", Settings({{"match", {"^/api", {}, 1, 1}}})});
  setup.questions.push_back({"SITE", Settings()});
  return read_rules(setup, false);
}

Status read(const std::string& path, LogReader& reader) {
  const std::array<LogReader*, 1> readers{&reader};
  return read_log(path, readers);
}

const std::string kLog =
    "1.1.1.1 - - [21/Nov/2026:04:00:59 +0000] \"GET /api HTTP/1.1\" 200 3 \"-\" \"-\"\n"
    "1.1.1.1 - - [21/Nov/2026:04:01:00 +0000] \"GET /api HTTP/1.1\" 500 3 \"-\" \"-\"\n"
    "nonsense\n\n"
    "1.1.1.1 - - [21/Nov/2026:04:01:30 +0000] \"GET / HTTP/1.1\" 499 3 \"-\" \"-\" 0.100\n"
    "1.1.1.1 - - [21/Nov/2026:04:01:40 +0000] \"GET / HTTP/1.1\" 302 3 \"-\" \"-\"";

void expect_counted(const LogReader& reader) {
  ASSERT_EQ(reader.services().size(), 2U);
  const auto& [api, site] = std::tie(reader.services()[0], reader.services()[1]);
  EXPECT_EQ(api.all.good, 1);
  EXPECT_EQ(api.all.total, 2);
  EXPECT_EQ(api.intervals.last().value_or(0) - api.intervals.first().value_or(0), 1);
  EXPECT_EQ(site.all.total, 3);
  EXPECT_EQ(site.all.left_out, 1);
  EXPECT_EQ(site.all.families, (std::array<double, 6>{0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(iso_seconds(site.intervals.begins(*site.intervals.first())), "2026-11-21T04:00:00Z");
  EXPECT_EQ(reader.lines(), 5U);
  EXPECT_EQ(reader.unreadable(), 1U);
  EXPECT_EQ(reader.first_unreadable(), "nonsense");
}

TEST(AccessLogOffline, CountsTheSameWhereverTheBytesAreCut) {
  for (std::size_t piece = 1; piece < kLog.size(); piece += 7) {
    LogReader reader(rules());
    for (std::size_t at = 0; at < kLog.size(); at += piece)
      reader.feed(std::string_view(kLog).substr(at, piece));
    reader.end();
    expect_counted(reader);
  }
}

TEST(AccessLogOffline, ReadsPlainAndCompressedFiles) {
  const auto base =
      std::filesystem::temp_directory_path() / ("signalbox_offline_" + std::to_string(::getpid()));
  const std::string plain = base.string() + ".log";
  const std::string packed = base.string() + ".log.gz";
  std::ofstream(plain) << kLog;
  gzFile file = gzopen(packed.c_str(), "wb");
  gzwrite(file, kLog.data(), static_cast<unsigned>(kLog.size()));
  gzclose(file);
  for (const std::string& path : {plain, packed}) {
    LogReader reader(rules());
    EXPECT_TRUE(read(path, reader)) << path;
    expect_counted(reader);
  }
  std::filesystem::resize_file(packed, std::filesystem::file_size(packed) / 2);
  LogReader reader(rules());
  EXPECT_FALSE(read(packed, reader)) << "a file that is cut off is no whole log";
  EXPECT_FALSE(read(base.string() + ".none", reader));
  std::filesystem::remove(plain);
  std::filesystem::remove(packed);
}

TEST(AccessLogOffline, CountsABigFileByAllCoresAsInOrder) {
  const std::string path = std::filesystem::temp_directory_path() /
                           ("signalbox_big_" + std::to_string(::getpid()) + ".log");
  std::string piece = kLog + "\n";
  while (piece.size() < 1000000) piece += piece;
  LogReader expected(rules());
  {
    std::ofstream out(path, std::ios::binary);
    const std::string longer = "long " + std::string(3000000, 'x') + "\n";
    for (int i = 0; i < 20; ++i) {
      out << piece << (i % 7 == 3 ? longer : "");
      expected.feed(piece);
      if (i % 7 == 3) expected.feed(longer);
    }
    out << "no newline at the end";
    expected.feed("no newline at the end");
    expected.end();
  }
  LogReader reader(rules());
  EXPECT_TRUE(read(path, reader));
  std::filesystem::remove(path);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(reader.services()[i].all.total, expected.services()[i].all.total);
    EXPECT_EQ(reader.services()[i].all.good, expected.services()[i].all.good);
    EXPECT_EQ(reader.services()[i].all.left_out, expected.services()[i].all.left_out);
  }
  EXPECT_EQ(reader.first_unreadable(), "nonsense");
  EXPECT_GE(reader.unreadable(), expected.unreadable() - 12) << "a line without end, in pieces";
}

}  // namespace
}  // namespace signalbox::connectors::access_log
