#include "connectors/access_log/offline.h"

#include <cstring>
#include <utility>

namespace signalbox::connectors::access_log {
namespace {

/// A line without end is counted in pieces, so that a file of zeroes does not fill the memory.
constexpr std::size_t kLongestLine = 1U << 20U;

/// Nearly every line says at its first byte that it is not.
bool blank(std::string_view text) {
  return text.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

LogReader::LogReader(Rules rules, Duration every) : rules_(std::move(rules)), every_(every) {
  for (const Rule& rule : rules_.services) {
    services_.push_back({rule.service, {}, Series(every)});
  }
}

void LogReader::feed(std::string_view bytes) {
  for (std::size_t newline = bytes.find('\n'); newline != std::string_view::npos;
       newline = bytes.find('\n')) {
    if (begun_.empty()) {
      take(bytes.substr(0, newline));
    } else {
      begun_ += bytes.substr(0, newline);
      end();
    }
    bytes.remove_prefix(newline + 1);
  }
  begun_ += bytes;
  if (begun_.size() > kLongestLine) end();
}

void LogReader::end() {
  take(begun_);
  begun_.clear();
}

void LogReader::note_unreadable(std::string_view text) {
  if (unreadable_++ > 0) return;
  first_unreadable_ = text.substr(0, 500);
  first_place_ = place_;
}

void LogReader::take(std::string_view text) {
  const bool written = !text.empty() && text[0] > ' ';
  if (!written && blank(text)) return;
  ++lines_;
  const auto line = rules_.format.read(text);
  if (!line) return note_unreadable(text);
  const Duration since = line->time - last_begins_;
  if (since < Duration(0) || since >= every_) {
    const Series intervals(every_);
    last_interval_ = intervals.number(line->time);
    last_begins_ = intervals.begins(last_interval_);
  }
  rules_.each(*line, [&](std::size_t service, Outcome outcome) {
    ServiceCounts& counts = services_[service];
    counts.all.add(*line, outcome);
    if (outcome == Outcome::left_out) return;
    Series::Cell& cell = counts.intervals.cell(last_interval_);
    cell.total += 1;
    cell.good += outcome == Outcome::served ? 1 : 0;
  });
}

void LogReader::add(const LogReader& other) {
  for (std::size_t i = 0; i < services_.size(); ++i) {
    services_[i].all += other.services_[i].all;
    services_[i].intervals.add(other.services_[i].intervals);
  }
  const bool first =
      other.unreadable_ > 0 && (unreadable_ == 0 || other.first_place_ < first_place_);
  if (first) {
    first_unreadable_ = other.first_unreadable_;
    first_place_ = other.first_place_;
  }
  lines_ += other.lines_;
  unreadable_ += other.unreadable_;
}

}  // namespace signalbox::connectors::access_log
