// The access_log kind: the share of requests served, read from a web server's own log.
#include <algorithm>
#include <map>

#include "base/text.h"
#include "connectors/access_log/rules.h"
#include "connectors/access_log/tail.h"
#include "connectors/registry.h"

namespace signalbox::connectors::access_log {
namespace {

using Tallies = std::vector<Tally>;

/// To which reading a line belongs. One poll is one reading, at its own instant; after a pause of
/// more than two intervals lines are sorted by their own times into the instants that were missed,
/// so that an hour's backlog does not look like one minute's traffic.
class Instants {
 public:
  Instants(std::optional<Time> last, Time now, Duration every)
      : last_(last && now - *last > 2 * every ? last : std::nullopt), now_(now), every_(every) {}

  Time of(Time written) const {
    if (!last_ || written >= now_) return now_;
    const auto steps = std::max<Duration::rep>((written - *last_) / every_, 0) + 1;
    return std::min(*last_ + steps * every_, now_);
  }

 private:
  std::optional<Time> last_;
  Time now_;
  Duration every_;
};

class AccessLog final : public Meter {
 public:
  AccessLog(const SourceSetup& setup, const Clock& clock)
      : source_(setup.id), every_(setup.every), rules_(read_rules(setup)), clock_(clock) {}

  Task<Result<Measured>> poll(std::string cursor) override { co_return read(cursor); }

 private:
  Measured read(const std::string& cursor) const;
  std::vector<Reading> readings(const std::map<Time, Tallies>& all) const;

  std::string source_;
  Duration every_;
  Rules rules_;
  const Clock& clock_;
};

std::string unreadable(std::size_t count, const std::string& first) {
  return std::to_string(count) + (count == 1 ? " line is" : " lines are") +
         " not in a known log format (common, combined, with or without request time): \"" +
         shorten(one_line(valid_utf8(first)), 120) + "\"";
}

Measured AccessLog::read(const std::string& cursor) const {
  const Time now = clock_.now();
  const auto before = read_place(cursor);
  const Instants instants(before ? before->asked : std::nullopt, now, every_);
  std::map<Time, Tallies> all;
  std::size_t unknown = 0;
  std::string first_unknown;
  const auto count = [&](std::string_view text) {
    const auto line = parse_line(text, rules_.whole_numbers);
    if (!line) {
      if (text.find_first_not_of(" \t\r") == std::string_view::npos) return;
      if (unknown++ == 0) first_unknown = text.substr(0, 500);
      return;
    }
    rules_.count(*line,
                 all.try_emplace(instants.of(line->time), rules_.services.size()).first->second);
  };
  Look found = look(rules_.path, before, now, count);
  // A log in which nothing was written says that nobody asked: a reading of no requests, which is
  // no evidence of health, and no gap either.
  if (before && found.was_read) all.try_emplace(now, rules_.services.size());
  Measured measured;
  measured.readings = readings(all);
  measured.cursor = write_place(found.place);
  for (std::string& what : found.complaints) {
    measured.complaints.push_back(source_ + ": " + one_line(std::move(what)));
  }
  if (unknown > 0)
    measured.complaints.push_back(source_ + ": " + unreadable(unknown, first_unknown));
  return measured;
}

std::vector<Reading> AccessLog::readings(const std::map<Time, Tallies>& all) const {
  std::vector<Reading> readings;
  for (const auto& [instant, tallies] : all) {
    for (std::size_t i = 0; i < tallies.size(); ++i) {
      Reading reading;
      reading.source = source_;
      reading.service = rules_.services[i].service;
      reading.instant = instant;
      reading.good = tallies[i].good;
      reading.total = tallies[i].total;
      readings.push_back(std::move(reading));
    }
  }
  return readings;
}

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  return std::make_unique<AccessLog>(setup, world.clock);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"access_log", std::chrono::seconds(10), make};

}  // namespace signalbox::connectors::access_log
