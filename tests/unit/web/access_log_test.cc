#include "web/public/access_log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "tests/unit/web/public_fixture.h"

namespace signalbox::web {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;
using namespace std::chrono_literals;
using namespace std::string_literals;

LogEntry entry() {
  LogEntry entry;
  entry.client = "203.0.113.9";
  entry.method = "GET";
  entry.path = "/";
  entry.agent = "curl/8";
  entry.status = 200;
  entry.bytes = 17;
  entry.took = 12ms;
  return entry;
}

TEST(AccessLine, IsInTheCombinedFormat) {
  EXPECT_EQ(access_line(entry(), samples::now()),
            "203.0.113.9 - - [21/Nov/2026:03:30:00 +0000] \"GET / HTTP/1.1\" 200 17 \"-\" "
            "\"curl/8\" rt=0.012\n");
  LogEntry refused;
  refused.status = 400;
  EXPECT_EQ(access_line(refused, samples::now()),
            "- - - [21/Nov/2026:03:30:00 +0000] \"-\" 400 0 \"-\" \"-\" rt=0.000\n");
}

TEST(AccessLine, CannotBeForgedByARequest) {
  LogEntry hostile = entry();
  const std::string agent = "a\" 200 1\r\n203.0.113.1 \x1b[2J\\\xc3\xa9\x7f"s + '\0';
  hostile.agent = agent;
  hostile.path = "/\x07?token=s3cret";
  hostile.referer = "https://x.example/?token=s3cret";
  const std::string line = access_line(hostile, samples::now());
  EXPECT_THAT(line,
              HasSubstr(R"("a\x22 200 1\x0D\x0A203.0.113.1 \x1B[2J\x5C\xC3\xA9\x7F\x00" rt=)"));
  EXPECT_EQ(std::ranges::count(line, '\n'), 1);
  EXPECT_THAT(line, HasSubstr("\"https://x.example/\""));
}

TEST(AccessLine, IsNeverLong) {
  LogEntry hostile = entry();
  const std::string much(9000, '\x01');
  hostile.method = hostile.path = hostile.agent = hostile.referer = much;
  EXPECT_LE(access_line(hostile, samples::now()).size(), 4000U);
}

class Logged : public samples::ServedPublicly {
 protected:
  Logged() : folder_(testing::TempDir() + "logged" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_);
  }
  ~Logged() override {
    server_.reset();
    std::filesystem::remove_all(folder_);
  }
  std::string file(const std::string& name = "access.log") const { return folder_ + "/" + name; }
  static std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }
  /// The file once `text` stands in it.
  static std::string read_with(const std::string& path, const std::string& text) {
    for (const auto until = std::chrono::steady_clock::now() + 5s;
         std::chrono::steady_clock::now() < until;) {
      std::string found = read(path);
      if (found.find(text) != std::string::npos) return found;
    }
    return read(path);
  }

  const std::string folder_;
};

TEST_F(Logged, TellsOfEachAnswer) {
  PublicSettings settings = anywhere();
  settings.access_log = file();
  serve(settings);
  last_words(get("/badge.svg?token=s3cret",
                 "User-Agent: curl/8\r\nReferer: https://a.example/\r\n"
                 "X-Forwarded-For: 203.0.113.9\r\n"));
  last_words("HEAD /nothing HTTP/1.0\r\n\r\n");
  last_words("nonsense\r\n\r\n");
  last_words("DELETE / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string log = read_with(file(), "\"DELETE /");
  EXPECT_THAT(log, StartsWith("203.0.113.9 - - ["));
  EXPECT_THAT(log, HasSubstr("\"GET /badge.svg HTTP/1.1\" 200 "));
  EXPECT_THAT(log, HasSubstr(" \"https://a.example/\" \"curl/8\" rt=0.0"));
  EXPECT_THAT(log, HasSubstr("127.0.0.1 - - ["));
  EXPECT_THAT(log, HasSubstr("\"HEAD /nothing HTTP/1.0\" 404 0 "));
  EXPECT_THAT(log, HasSubstr("\"-\" 400 "));
  EXPECT_THAT(log, HasSubstr("\"DELETE / HTTP/1.1\" 405 "));
  EXPECT_THAT(log, Not(HasSubstr("s3cret")));
}

TEST_F(Logged, NamesNobodyForWhatTheNextOneAsked) {
  PublicSettings settings = anywhere();
  settings.access_log = file();
  settings.trusted_proxies = {"127.0.0.1"};
  serve(settings);
  const std::string named =
      "GET /named HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n";
  samples::Wire proxy(address_);
  proxy.send(named);
  proxy.read_answer();
  proxy.send("GET /unnamed HTTP/1.1\r\nHost: x\r\n\r\n");
  proxy.read_answer();
  proxy.send(named + "nonsense\r\n\r\n");
  proxy.read_all();
  const std::string log = read_with(file(), "\" 400 ");
  const auto client_of = [&](const std::string& what) {
    const std::size_t begin = log.rfind('\n', log.find(what)) + 1;
    return log.substr(begin, log.find(' ', begin) - begin);
  };
  EXPECT_EQ(client_of("/named"), "203.0.113.9");
  EXPECT_EQ(client_of("/unnamed"), "127.0.0.1");
  EXPECT_EQ(client_of("\" 400 "), "127.0.0.1");
}

TEST_F(Logged, IsMadeAnewWhereItWasMovedAway) {
  PublicSettings settings = anywhere();
  settings.access_log = file();
  serve(settings);
  last_words(get("/first"));
  read_with(file(), "/first");
  std::filesystem::rename(file(), file("access.log.1"));
  ASSERT_TRUE(server_->reopen_access_log(file()));
  last_words(get("/second"));
  EXPECT_THAT(read_with(file(), "/second"), Not(HasSubstr("/first")));
  EXPECT_THAT(read(file("access.log.1")), Not(HasSubstr("/second")));
  ASSERT_TRUE(server_->reopen_access_log(""));
  last_words(get("/third"));
  const auto refused = server_->reopen_access_log(folder_ + "/none/access.log");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("/none/access.log"));
  server_.reset();
  EXPECT_THAT(read(file()), Not(HasSubstr("/third")));
}

/// What is noted after a move is for the new file, whatever the old one still waits for.
TEST_F(Logged, PartsItsLinesWhereItMoved) {
  constexpr int kRounds = 50;
  constexpr int kFiles = 6;
  const auto path_of = [](int i) { return "/" + std::to_string(i); };
  for (int round = 0; round < kRounds; ++round) {
    AccessLog log;
    for (int i = 0; i < kFiles; ++i) {
      ASSERT_TRUE(log.open(file(std::to_string(i))));
      const std::string path = path_of(i);
      LogEntry one = entry();
      one.path = path;
      log.note(one, samples::now());
    }
    ASSERT_TRUE(log.open(""));
    log.note(entry(), samples::now());
  }
  for (int i = 0; i < kFiles; ++i) {
    const std::string lines = read(file(std::to_string(i)));
    EXPECT_EQ(std::ranges::count(lines, '\n'), kRounds) << i;
    for (int other = 0; other < kFiles; ++other) {
      EXPECT_EQ(lines.find(path_of(other) + " ") != std::string::npos, other == i) << i << other;
    }
  }
}

/// As often as it is moved while nobody takes anything, it keeps few files open.
TEST_F(Logged, KeepsFewFilesOpen) {
  ASSERT_EQ(::mkfifo(file().c_str(), 0600), 0);
  const int reader = ::open(file().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  const auto open_files = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  {
    AccessLog log;
    ASSERT_TRUE(log.open(file()));
    const std::string path(2000, 'x');
    LogEntry long_one = entry();
    long_one.path = path;
    for (int i = 0; i < 100; ++i) log.note(long_one, samples::now());
    const auto before = open_files();
    for (int i = 0; i < 100; ++i) {
      ASSERT_TRUE(log.open(file("regular")));
      log.note(entry(), samples::now());
    }
    EXPECT_LT(open_files(), before + 10);
  }
  EXPECT_EQ(std::ranges::count(read(file("regular")), '\n'), 100);
  ::close(reader);
}

TEST_F(Logged, RefusesToStartWithoutItsPlace) {
  PublicSettings settings = anywhere();
  settings.access_log = folder_ + "/none/access.log";
  const auto refused = make_public_server(settings, ready_)->listen();
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("make its folder"));
}

/// A pipe whose reader sleeps: nobody who is served waits for it, and what is lost is counted.
TEST_F(Logged, DropsWhatNobodyTakesAndServesOn) {
  ASSERT_EQ(::mkfifo(file().c_str(), 0600), 0);
  const int reader = ::open(file().c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  AccessLog log;
  ASSERT_TRUE(log.open(file()));
  const std::string path(1500, 'x');
  LogEntry long_one = entry();
  long_one.path = path;
  for (int i = 0; i < 2000; ++i) log.note(long_one, samples::now());
  EXPECT_GT(log.dropped(), 500U);
  EXPECT_LT(log.dropped(), 1600U) << "what may wait is kept";
  ::close(reader);
}

TEST_F(Logged, WritesWhatWaitsBeforeItEnds) {
  {
    AccessLog log;
    ASSERT_TRUE(log.open(file()));
    for (int i = 0; i < 3000; ++i) log.note(entry(), samples::now());
  }
  EXPECT_EQ(std::ranges::count(read(file()), '\n'), 3000);
}

}  // namespace
}  // namespace signalbox::web
