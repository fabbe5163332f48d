#include "base/zone.h"

#include <date/tz.h>

#include <array>
#include <cstdio>
#include <stdexcept>
#include <utility>

namespace signalbox {

struct Zone::Rules {
  const date::time_zone* zone;
};

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::string offset_text(seconds offset) {
  const bool minus = offset < seconds(0);
  const auto all = std::chrono::duration_cast<minutes>(minus ? -offset : offset).count();
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%c%02d:%02d", minus ? '-' : '+', int(all / 60),
                int(all % 60));
  return out.data();
}

date::local_time<Duration> as_date(LocalTime t) {
  return date::local_time<Duration>(t.time_since_epoch());
}

}  // namespace

Zone::Zone() : name_("UTC") {}

Zone::Zone(std::string name, std::shared_ptr<const Rules> rules)
    : name_(std::move(name)), rules_(std::move(rules)) {}

Result<Zone> Zone::find(std::string_view name) {
  if (name == "UTC" || name == "Etc/UTC") return Zone();
  try {
    auto rules = std::make_shared<const Rules>(Rules{date::locate_zone(std::string(name))});
    return Zone(std::string(name), std::move(rules));
  } catch (const std::exception&) {
    return invalid("no time zone is called '" + std::string(name) +
                   "': use an IANA name such as Europe/Paris, and install tzdata");
  }
}

seconds Zone::offset(Time t) const {
  return rules_ ? rules_->zone->get_info(t).offset : seconds(0);
}

LocalTime Zone::local(Time t) const { return LocalTime(t.time_since_epoch() + offset(t)); }

Time Zone::instant(LocalTime t) const {
  if (!rules_) return Time(t.time_since_epoch());
  const date::local_info found = rules_->zone->get_info(as_date(t));
  if (found.result == date::local_info::nonexistent) return Time(found.first.end);
  return Time(t.time_since_epoch() - found.first.offset);
}

std::string Zone::abbreviation(Time t) const {
  return rules_ ? rules_->zone->get_info(t).abbrev : "UTC";
}

std::string Zone::iso(Time t, bool millis) const {
  const auto shift = offset(t);
  std::string text = millis ? signalbox::iso(t + shift) : iso_seconds(t + shift);
  if (!rules_) return text;
  text.pop_back();  // the Z
  return text + offset_text(shift);
}

std::string Zone::clock_text(Time t) const {
  return iso_seconds(t + offset(t)).substr(11, 5) + " " + abbreviation(t);
}

std::string Zone::date_text(Time t) const { return iso_seconds(t + offset(t)).substr(0, 10); }

}  // namespace signalbox
