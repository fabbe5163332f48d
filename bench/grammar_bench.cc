// How fast the grammar reads: parse() beside an RE2 full match with captures for the same targets,
// and beside a bare search for the separator, over the same million posts. Prints posts a second
// and the ratios, in processor time; the median of rounds that take turns, so that a busy moment of
// the machine hits all alike.
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "grammar/parse.h"

namespace {

using signalbox::Service;
using signalbox::grammar::Lexicon;

constexpr std::size_t kPosts = 1'000'000;
constexpr std::size_t kRounds = 7;

const std::vector<std::string>& ids() {
  static const std::vector<std::string> kIds{"API",         "JS",   "DASH",   "SYSTEM",  "DB",
                                             "CDN",         "MAIL", "SEARCH", "EU-WEST", "AUTH",
                                             "BALANCED-JS", "IMGS", "HOOKS"};
  return kIds;
}

Lexicon lexicon() {
  std::vector<Service> services;
  for (const std::string& id : ids()) {
    services.push_back(Service{.id = id, .name = id, .group = "", .aliases = {}, .thresholds = {}});
  }
  return Lexicon(services, signalbox::Zone(), {"status"});
}

/// What such an account really sees: mostly chat, then reports, notices, a few near misses.
std::vector<std::string> posts() {
  const std::vector<std::string> chat{
      "Hello everyone, the meeting is at 10:30 in the big room, bring coffee",
      "note: the deploy of yesterday went fine, thanks to all who stayed up late",
      "has anybody seen the keys of the server room? I need to swap a disk before noon",
      "https://example.com/blog/how-we-moved-our-database-without-anybody-noticing is worth "
      "reading",
      "follow-up: I moved the meeting notes to the wiki, please add what I forgot",
      "@bob thanks for the quick review, merging now",
      "We are hiring! Two positions in Lyon and one remote: see https://example.com/jobs for the "
      "details",
      "lunch?"};
  const std::vector<std::string> words{"DOWN",       "UP",       "ISSUE",   "MAINT",
                                       "IDENTIFIED", "RESOLVED", "DEGRADED"};
  const std::vector<std::string> messages{
      "disks caught fire",
      "we see elevated error rates on about a tenth of all requests and are looking into it",
      "a fix is out, we are watching",
      "all is well again, sorry for the trouble. A post-mortem will follow this week"};
  std::mt19937 random(1);  // NOLINT(cert-msc51-cpp): the same posts every time
  const auto one_of = [&](const auto& list) -> const std::string& {
    return list[random() % list.size()];
  };
  std::vector<std::string> all;
  all.reserve(kPosts);
  while (all.size() < kPosts) {
    const auto kind = random() % 100;
    const std::string tail = " " + std::to_string(random() % 1000);
    if (kind < 60) {
      all.push_back(one_of(chat) + tail);
    } else if (kind < 85) {
      all.push_back(one_of(ids()) + "-" + one_of(words) + ": " + one_of(messages) + tail);
    } else if (kind < 90) {
      all.push_back("@status " + one_of(ids()) + "," + one_of(ids()) + "-" + one_of(words) + ": " +
                    one_of(messages) + tail);
    } else if (kind < 98) {
      all.push_back(one_of(ids()) + ": " + one_of(messages) + tail);
    } else {
      all.push_back(one_of(ids()) + "-DWON: " + one_of(messages) + tail);
    }
  }
  return all;
}

/// The same language as one pattern: the head's forgiveness, the known targets, every word,
/// captures for all parts.
std::string pattern() {
  std::string targets = "ALL";
  for (const std::string& id : ids()) {
    std::string spelt;
    for (const char c : id) spelt += c == '-' ? std::string("S*[-D]S*") : std::string(1, c);
    targets += "|" + spelt;
  }
  std::string text =
      "(?s)^S*(?:@(?i:status)(?:@[\\w.-]+)?S+)*((?i:T)(?:S*[,+&]S*(?i:T))*)"
      "(?:S*[-D]S*((?i:UP|OK|OPERATIONAL|ISSUE|DEGRADED|PARTIAL|DOWN|OUTAGE|MAJOR|MAINT|"
      "MAINTENANCE|INVESTIGATING|IDENTIFIED|"
      "MONITORING|RESOLVED|DONE|POSTMORTEM)))?S*(?:\\[([^\\]\\n]*)\\])?S*(?::|\\x{ff1a})S*(.+)$";
  const auto replace = [&](char sign, const std::string& by) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool alone =
          text[i] == sign && (i == 0 || !std::isalpha(static_cast<unsigned char>(text[i - 1]))) &&
          (i + 1 == text.size() || !std::isalpha(static_cast<unsigned char>(text[i + 1])));
      out += alone ? by : std::string(1, text[i]);
    }
    text = out;
  };
  replace('T', targets);
  replace('D', "\\x{2010}-\\x{2015}\\x{2212}");
  replace('S', "[ \\t\\x{a0}\\x{200b}\\x{202f}]");
  return text;
}

template <typename Read>
double seconds(const std::vector<std::string>& all, std::size_t& reports, Read read) {
  const std::clock_t before = std::clock();
  std::size_t count = 0;
  for (const std::string& post : all) count += read(post) ? 1 : 0;
  reports = count;
  return double(std::clock() - before) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main() {
  const Lexicon words = lexicon();
  const auto all = posts();
  const RE2 re2(pattern());
  if (!re2.ok()) return std::fprintf(stderr, "pattern: %s\n", re2.error().c_str()), 1;
  const signalbox::Time now{std::chrono::milliseconds(1'795'235'420'000)};
  std::array<std::vector<double>, 3> times;
  std::array<std::size_t, 3> reports{};
  for (std::size_t round = 0; round < kRounds; ++round) {
    times[0].push_back(seconds(all, reports[0], [&](const std::string& post) {
      return std::holds_alternative<signalbox::Report>(signalbox::grammar::parse(post, words, now));
    }));
    times[1].push_back(seconds(all, reports[1], [&](const std::string& post) {
      std::string targets, word, window, message;
      return RE2::FullMatch(post, re2, &targets, &word, &window, &message);
    }));
    times[2].push_back(seconds(all, reports[2], [](const std::string& post) {
      return std::memchr(post.data(), ':', post.size()) != nullptr;
    }));
  }
  const std::array<double, 3> took{median(times[0]), median(times[1]), median(times[2])};
  const std::array<const char*, 3> names{"parse", "RE2 FullMatch", "memchr ':'"};
  for (std::size_t i = 0; i < took.size(); ++i) {
    std::printf("%-14s %12.0f posts/s  %7zu found\n", names[i], double(kPosts) / took[i],
                reports[i]);
  }
  std::printf("parse is %.1f x RE2, and takes %.1f x a bare separator scan\n", took[1] / took[0],
              took[0] / took[2]);
  return took[1] / took[0] >= 3 ? 0 : 1;
}
