// A time zone of the IANA database: instants to local wall time and back, daylight saving decided.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace signalbox {

/// A wall-clock reading without a zone, in milliseconds.
using LocalTime = std::chrono::local_time<Duration>;

/// One time zone. A cheap value to copy; thread-safe. UTC unless found by name.
class Zone {
 public:
  /// UTC.
  Zone();
  /// By IANA name (`Europe/Paris`); invalid when the database does not know it.
  static Result<Zone> find(std::string_view name);

  /// The name it was found by; "UTC" for the default.
  const std::string& name() const { return name_; }
  LocalTime local(Time t) const;
  /// A local time that a spring change skips means the instant the clocks jumped; one that an
  /// autumn change repeats means the first of the two (docs/decisions/0003).
  Time instant(LocalTime t) const;
  /// Offset from UTC in force at `t`.
  std::chrono::seconds offset(Time t) const;
  /// Abbreviation in force at `t`: `CET`, `+03`.
  std::string abbreviation(Time t) const;
  /// ISO-8601 in this zone: `…Z` when UTC, else with its offset: `2026-12-01T02:00:00+01:00`.
  /// `millis` adds `.000`.
  std::string iso(Time t, bool millis = false) const;
  /// `HH:MM ZONE` as people write it: `04:12 CET`.
  std::string clock_text(Time t) const;
  /// `2026-11-21` in this zone.
  std::string date_text(Time t) const;

 private:
  struct Rules;
  Zone(std::string name, std::shared_ptr<const Rules> rules);
  std::string name_;
  std::shared_ptr<const Rules> rules_;  // null: UTC
};

}  // namespace signalbox
