// What checks found: many tries at once, and one word to staff where many find nothing out.
#include <utility>

#include "app/core/core.h"
#include "base/hash.h"
#include "base/log.h"
#include "store/sane.h"

namespace signalbox::app {

namespace {

constexpr std::size_t kToldOneByOne = 5;  // checks; where more are blind, the cause is one
constexpr std::string_view kManyChecks = "checks";

}  // namespace

void Core::take_tries(std::span<const Tried> tries, Done done) {
  now_ = clock_.now();
  std::vector<Reading> readings;
  readings.reserve(tries.size());
  for (const Tried& tried : tries) {
    if (!plan_.check_rules.contains(tried.check)) continue;
    const auto& found = tried.measured.readings;
    if (!store::sane(found)) continue;  // one that makes no sense loses no other
    readings.insert(readings.end(), found.begin(), found.end());
  }
  if (const Status kept = take_in(readings, std::nullopt); !kept) return done(kept);
  note_complaints(tries);
  done(Status());
}

void Core::note_complaints(std::span<const Tried> tries) {
  for (const Tried& tried : tries) {
    for (const connectors::Notice& notice : tried.measured.notices) tell_once(tried.check, notice);
    std::vector<std::string> complaints = tried.measured.complaints;
    const Status sane = store::sane(tried.measured.readings);
    if (!sane) complaints.push_back(sane.error().what);
    complaints_ += static_cast<double>(complaints.size());
    if (complaints.empty()) {
      if (blind_checks_.erase(tried.check) > 0) trouble_over("source " + tried.check);
      continue;
    }
    blind_checks_.insert(tried.check);
    if (blind_checks_.size() <= kToldOneByOne) {
      report_trouble("source " + tried.check, complaints.front());
    } else {
      report_trouble(std::string(kManyChecks),
                     "more than " + std::to_string(kToldOneByOne) +
                         " find nothing out about their services, such as " + tried.check + ": " +
                         complaints.front());
    }
  }
  if (blind_checks_.empty()) trouble_over(std::string(kManyChecks));
}

// Told before, also by an earlier process: its delivery is kept.
void Core::tell_once(const std::string& check, const connectors::Notice& notice) {
  Announcement words;
  words.id = short_id("notice " + check + "\n" + notice.key);
  const auto told = store_.deliveries_of(words.id);
  if (!told || !told->empty() || !told_once_.insert(words.id).second) return;
  const std::string about = "source " + check;
  log::warning(about + ": " + notice.text);
  words.tidings = Tidings::trouble;
  words.audience = Audience::staff;
  words.text = about + ": " + notice.text;
  words.reason = "told_once";
  words.at = now_;
  enqueue(words);
}

}  // namespace signalbox::app
