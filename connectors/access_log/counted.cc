#include "connectors/access_log/counted.h"

#include "base/text.h"

namespace signalbox::connectors::access_log {
namespace {

std::string unreadable(std::size_t count, const std::string& first) {
  constexpr std::size_t kShown = 120;
  return std::to_string(count) + (count == 1 ? " line is" : " lines are") +
         " not in a log format that is known (common, combined, JSON) or given by `pattern`: \"" +
         shorten(printed(first), kShown) + "\"";
}

}  // namespace

std::string printed(std::string_view text) { return one_line(valid_utf8(text)); }

std::optional<Line> Counted::read(std::string_view text) {
  auto line = rules_->format.read(text);
  if (line || text.find_first_not_of(" \t\r") == std::string_view::npos) return line;
  constexpr std::size_t kKept = 500;
  if (unreadable_++ == 0) first_unreadable_ = text.substr(0, kKept);
  return line;
}

void Counted::Counts::add(const Line& line, Outcome outcome) {
  tally.add(line, outcome);
  const bool counts = outcome != Outcome::left_out;
  if (counts && line.request_time) latencies.add(*line.request_time);
}

std::vector<Counted::Counts>& Counted::at(Time instant) {
  return all_.try_emplace(instant, rules_->services.size()).first->second;
}

void Counted::move(Time from, Time to) {
  const auto found = all_.find(from);
  if (found == all_.end()) return;
  const std::vector<Counts> counts = std::move(found->second);
  all_.erase(found);
  std::vector<Counts>& there = at(to);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    there[i].tally += counts[i].tally;
    there[i].latencies.add(counts[i].latencies);
  }
}

Measured Counted::measured(const std::string& source) const {
  Measured measured;
  for (const auto& [instant, counts] : all_) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      Reading reading;
      reading.source = source;
      reading.service = rules_->services[i].service;
      reading.instant = instant;
      reading.good = counts[i].tally.good;
      reading.total = counts[i].tally.total;
      reading.latencies = counts[i].latencies;
      measured.readings.push_back(std::move(reading));
    }
  }
  if (unreadable_ > 0)
    measured.complaints.push_back(source + ": " + unreadable(unreadable_, first_unreadable_));
  return measured;
}

}  // namespace signalbox::connectors::access_log
