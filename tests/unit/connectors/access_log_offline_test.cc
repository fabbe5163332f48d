// Access logs from end to end: minutes, families, compressed files, bytes cut anywhere.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

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
  EXPECT_EQ(api.intervals.size(), 2U);
  EXPECT_EQ(site.all.total, 3);
  EXPECT_EQ(site.all.left_out, 1);
  EXPECT_EQ(site.all.families, (std::array<double, 6>{0, 0, 1, 1, 1, 1}));
  EXPECT_EQ(iso_seconds(site.intervals.begin()->first), "2026-11-21T04:00:00Z");
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
    EXPECT_TRUE(read_log(path, reader)) << path;
    expect_counted(reader);
  }
  std::filesystem::resize_file(packed, std::filesystem::file_size(packed) / 2);
  LogReader reader(rules());
  EXPECT_FALSE(read_log(packed, reader)) << "a file that is cut off is no whole log";
  EXPECT_FALSE(read_log(base.string() + ".none", reader));
  std::filesystem::remove(plain);
  std::filesystem::remove(packed);
}

}  // namespace
}  // namespace signalbox::connectors::access_log
