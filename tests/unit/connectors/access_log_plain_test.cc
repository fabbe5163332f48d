// The fast readers say of a line, and of a whole log, what the plain way says: on lines as servers
// write them, and on the same ones damaged.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "connectors/access_log/offline.h"
#include "tests/support/plain_log.h"

namespace signalbox::connectors::access_log {
namespace {

using Texts = std::vector<std::string>;

/// Lines, the same ones from the same seed.
class Author {
 public:
  explicit Author(unsigned seed) : chance_(seed) {}

  std::string line() {
    std::string text = pick(kBefore) + "[" + time() + "] \"" + pick(kRequests) + "\" " +
                       pick(kStatuses) + pick(kSizes) + pick(kAgents) + pick(kEnds);
    if (below(3) == 0) damage(text);
    return text;
  }
  std::size_t below(std::size_t limit) { return chance_() % limit; }

 private:
  std::string pick(const Texts& from) { return from[below(from.size())]; }

  std::string time() {
    if (below(8) == 0) return pick(kTimes);
    second_ += below(3);
    const std::string clock = std::to_string(second_ / 3600 % 24 + 100).substr(1) + ":" +
                              std::to_string(second_ / 60 % 60 + 100).substr(1) + ":" +
                              std::to_string(second_ % 60 + 100).substr(1);
    return (second_ % 7200 < 3600 ? "21/Nov/2026:" : "22/Nov/2026:") + clock + " +0000";
  }

  void damage(std::string& text) {
    static const std::string kHostile("\"\\[] \r.:-?/{<1=\0\x80t", 19);
    for (std::size_t times = 1 + below(3); times > 0; --times) {
      const std::size_t at = below(text.size() + 1);
      const char byte = kHostile[below(kHostile.size())];
      if (below(2) == 0) {
        text.insert(at, 1, byte);
      } else if (at < text.size()) {
        text[at] = byte;
      }
    }
    if (below(6) == 0) text.resize(below(text.size() + 1));
  }

  static const Texts kBefore, kTimes, kRequests, kStatuses, kSizes, kAgents, kEnds;
  std::mt19937 chance_;
  std::size_t second_ = 0;
};

const Texts Author::kBefore{"10.0.0.1 - - ",
                            "2001:db8::1 - ann ",
                            "::1 - a[b] [x ",
                            "shop.example:443 10.0.0.1 - - ",
                            "[::1]:80 ::1 - - ",
                            "a:b c - - ",
                            ""};
const Texts Author::kTimes{
    "21/Nov/2026:23:59:60 +0000", "1/Nov/2026:00:00:00 +0000",  "31/Feb/2026:00:00:00 +0000",
    "29/Feb/2028:12:00:00 -0330", "21/Nov/2026:24:00:00 +0000", "21/Nov/2026:01:18:34 +9999",
    "2026-11-21T01:18:34+01:00",  "2026-11-21T01:18:34.250Z",   "21/nov/2026:01:18:34 +0000",
    std::string(26, '\0'),        "21/Nov/2026:01:18:34 0000",  "yesterday"};
const Texts Author::kRequests{"GET /api/a?b=c HTTP/1.1",
                              "GET / HTTP/1.1",
                              "-",
                              "",
                              "/bare?x",
                              R"(GET /js/\"x\" HTTP/1.1)",
                              R"(\x16\x03 \\)",
                              "PRI * HTTP/2.0",
                              "GET http://a.example/api HTTP/1.1",
                              "GET  /api",
                              R"(\")",
                              "POST /js/" + std::string(300, 'y') + " HTTP/1.1",
                              "GET [x] \\\"] "};
const Texts Author::kStatuses{"200", "304", "404", "408", "499", "500", "503", "099", "600", "20"};
const Texts Author::kSizes{" 12", " -", "", " ", " 0 "};
const Texts Author::kAgents{R"( "-" "curl/7.88.1")",
                            R"( "https://a.example/1.5" "x \"1.5\" \\")",
                            "",
                            R"( "open)",
                            R"( "" "")",
                            R"( "-" "-" "10.0.0.1, 10.0.0.2")"};
const Texts Author::kEnds{"",       " 0.000",       " 12.345 .", " rt=0.5",     " request_time=11",
                          " 4711",  " 1.0005",      " -1.5",     " 99999999.1", " .5",
                          " 5.",    " .",           " -\r",      " 10.001\r",   " r",
                          " 1.2.3", " 0.1x 10.9996"};

std::string told(const std::string& host, const std::string& path, int status, Time time,
                 std::optional<Duration> took) {
  return host + "|" + path + "|" + std::to_string(status) + "|" + iso(time) + "|" +
         (took ? std::to_string(took->count()) : "none");
}

TEST(AccessLogPlain, IsWhatTheFastReaderReadsLineByLine) {
  Author author(1);
  Stamps stamps;  // one for all: what it remembers must not matter
  int read = 0;
  for (int i = 0; i < 60000; ++i) {
    const std::string text = author.line();
    const auto want = plain_line(text);
    const auto have = parse_combined(text, Unit::none, stamps);
    ASSERT_EQ(have.has_value(), want.has_value()) << text;
    if (!want) continue;
    ++read;
    ASSERT_EQ(told(std::string(have->host), std::string(have->path), have->status, have->time,
                   have->request_time),
              told(want->host, want->path, want->status, want->time, want->request_time))
        << text;
  }
  EXPECT_GT(read, 30000);
  EXPECT_LT(read, 55000);
}

/// What a log says of a service: total, good, left out, families, and good and total by minute.
struct Sums {
  int total = 0;
  int good = 0;
  int left_out = 0;
  std::array<int, 6> families{};
  std::map<std::int64_t, std::pair<int, int>> minutes;

  bool operator==(const Sums&) const = default;

  void count(const PlainLine& line) {
    const bool slow = line.request_time && *line.request_time > std::chrono::seconds(10);
    const bool gave_up = line.status == 499 || line.status == 408;
    ++families.at(static_cast<std::size_t>(line.status / 100));
    if (gave_up && line.request_time && !slow) {
      ++left_out;
      return;
    }
    const bool served = !gave_up && !slow && line.status < 500;
    auto& [good_then, total_then] =
        minutes[std::chrono::floor<std::chrono::minutes>(line.time).time_since_epoch().count()];
    ++total;
    ++total_then;
    good += served ? 1 : 0;
    good_then += served ? 1 : 0;
  }
};

struct Counted {
  std::size_t lines = 0;
  std::size_t unreadable = 0;
  std::string first;
  std::array<Sums, 3> services;  // API, JS, SITE
  bool operator==(const Counted&) const = default;
};

Counted counted_plainly(const std::string& log) {
  Counted all;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string text = log.substr(at, end - at);
    at = end + 1;
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    ++all.lines;
    const bool json = text[0] == '{';  // and none that could be read
    const auto line = json ? std::nullopt : plain_line(text);
    if (!line && all.unreadable++ == 0) all.first = text.substr(0, 500);
    if (!line) continue;
    if (line->path.compare(0, 4, "/api") == 0) all.services[0].count(*line);
    if (line->path.compare(0, 4, "/js/") == 0) all.services[1].count(*line);
    all.services[2].count(*line);
  }
  return all;
}

Counted counted(const LogReader& reader) {
  Counted all{reader.lines(), reader.unreadable(), reader.first_unreadable(), {}};
  for (std::size_t i = 0; i < 3; ++i) {
    const ServiceCounts& counts = reader.services()[i];
    Sums& sums = all.services.at(i);
    sums.total = static_cast<int>(counts.all.total);
    sums.good = static_cast<int>(counts.all.good);
    sums.left_out = static_cast<int>(counts.all.left_out);
    for (std::size_t f = 0; f < 6; ++f)
      sums.families.at(f) = static_cast<int>(counts.all.families.at(f));
    for (auto n = counts.intervals.first(); n; n = counts.intervals.next(*n + 1)) {
      const Series::Cell cell = counts.intervals.at(*n);
      sums.minutes[*n] = {static_cast<int>(cell.good), static_cast<int>(cell.total)};
    }
  }
  return all;
}

LogReader reader() {
  SourceSetup setup;
  setup.questions.push_back({"API", Settings({{"match", {"^/api", {}, 1, 1}}})});
  setup.questions.push_back({"JS", Settings({{"match", {"^/js/", {}, 1, 1}}})});
  setup.questions.push_back({"SITE", Settings()});
  return LogReader(read_rules(setup, false));
}

std::string log_of(Author& author, std::size_t size) {
  std::string log;
  while (log.size() < size) log += author.line() + (author.below(50) == 0 ? "\n \r\n\n" : "\n");
  return log + author.line();
}

TEST(AccessLogPlain, IsWhatALogCutAnywhereAddsUpTo) {
  Author author(2);
  const std::string log = log_of(author, 300000);
  const Counted want = counted_plainly(log);
  ASSERT_GT(want.unreadable, 10U);
  for (const std::size_t most : {3U, 100U, 5000U, 100000U}) {
    LogReader fast = reader();
    for (std::size_t at = 0; at < log.size();) {
      const std::string_view piece = std::string_view(log).substr(at, 1 + author.below(most));
      fast.feed(piece);
      at += piece.size();
    }
    fast.end();
    EXPECT_TRUE(counted(fast) == want) << "in pieces of up to " << most;
  }
}

TEST(AccessLogPlain, IsWhatAFileReadByAllCoresAddsUpTo) {
  Author author(3);
  const std::string path = std::filesystem::temp_directory_path() /
                           ("signalbox_plain_" + std::to_string(::getpid()) + ".log");
  const std::string part = log_of(author, 2000000) + "\n";
  // Three parts of 8 MiB and some, so that their ends fall into the middle of lines.
  std::string log = "no request: the first\n";
  while (log.size() < (25U << 20U)) log += part;
  log += author.line();
  std::ofstream(path, std::ios::binary) << log;
  LogReader fast = reader();
  const std::array<LogReader*, 1> readers{&fast};
  EXPECT_TRUE(read_log(path, readers));
  std::filesystem::remove(path);
  const Counted have = counted(fast);
  const Counted piece = counted_plainly(part);
  const Counted ends = counted_plainly(log.substr(log.rfind('\n') + 1));
  const auto times = (log.size() - 22) / part.size();
  EXPECT_EQ(have.lines, 1 + times * piece.lines + ends.lines);
  EXPECT_EQ(have.unreadable, 1 + times * piece.unreadable + ends.unreadable);
  EXPECT_EQ(have.first, "no request: the first");
  for (std::size_t i = 0; i < 3; ++i) {
    const auto whole = static_cast<int>(times);
    EXPECT_EQ(have.services.at(i).total,
              whole * piece.services.at(i).total + ends.services.at(i).total);
    EXPECT_EQ(have.services.at(i).good,
              whole * piece.services.at(i).good + ends.services.at(i).good);
  }
}

}  // namespace
}  // namespace signalbox::connectors::access_log
