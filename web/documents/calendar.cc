// Maintenances as a calendar (RFC 5545): upcoming, running, past and called off.
#include <algorithm>

#include "base/text.h"
#include "web/documents/pages.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kLongestLine = 75;  // octets, without the line break
constexpr std::string_view kBreak = "\r\n";

/// `text` as a TEXT value (RFC 5545, 3.3.11). Tabs are the one control character it may hold.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out;
}

bool inside_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

/// A content line, folded where it is longer than 75 octets and never within a character.
std::string line(std::string_view name, std::string_view value) {
  const std::string whole = std::string(name) + ":" + std::string(value);
  std::string out;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t room = kLongestLine - (at == 0 ? 0 : 1);
    std::size_t end = std::min(whole.size(), at + room);
    while (end < whole.size() && inside_character(whole[end])) --end;
    if (at != 0) out += ' ';
    out.append(whole, at, end - at).append(kBreak);
    at = end;
  }
  return out;
}

std::string text_line(std::string_view name, std::string_view text) {
  return line(name, escaped(shown(text)));
}

/// `20261121T033000Z`.
std::string utc(Time t) {
  std::string text = iso_seconds(t);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

/// Never begun, and not to begin any more.
bool called_off(const Maintenance& work) { return work.ended && !work.started; }

Time last_change(const Maintenance& work) {
  Time last = work.announced;
  for (const Update& update : work.updates) last = std::max(last, update.at);
  if (work.ended) last = std::max(last, *work.ended);
  return last;
}

/// Where it was called off the window stays as it was planned; an early end is its end.
Time calendar_end(const Maintenance& work) {
  const Time end = called_off(work) ? planned_end(work) : end_of(work);
  return std::max(end, work.from + std::chrono::minutes(1));
}

std::string names_of(const Snapshot& snapshot, const Maintenance& work) {
  std::vector<std::string> names;
  for (const std::string& id : work.services) names.push_back(name_of(snapshot, id));
  return join(names, ", ");
}

/// What was said, newest first, then the services and, where nobody gave an end, a word on it.
std::string description(const Snapshot& snapshot, const Maintenance& work) {
  std::string text;
  for (auto update = work.updates.rbegin(); update != work.updates.rend(); ++update) {
    text += when(snapshot.page, update->at) + ": " + (update->withdrawn ? "Withdrawn: " : "") +
            update->text + "\n";
  }
  const std::string names = names_of(snapshot, work);
  if (!names.empty()) text += "Services: " + names + "\n";
  if (!work.until && !work.ended) text += "No end was given.\n";
  return std::string(trim(text));
}

/// Grows with every word said of it, taken back or put right, and with its end.
std::string sequence(const Maintenance& work) {
  std::size_t number = work.ended ? 1 : 0;
  for (const Update& update : work.updates) {
    number += 1U + (update.edited ? 1U : 0U) + (update.withdrawn ? 1U : 0U);
  }
  return std::to_string(number);
}

std::string event(const Snapshot& snapshot, const Maintenance& work) {
  const std::string page = safe_link(snapshot.page.url);
  std::string out = line("BEGIN", "VEVENT");
  out += text_line("UID", work.id + "@" + host(snapshot.page));
  out += line("DTSTAMP", utc(last_change(work)));
  out += line("CREATED", utc(work.announced));
  out += line("LAST-MODIFIED", utc(last_change(work)));
  out += line("SEQUENCE", sequence(work));
  out += line("STATUS", called_off(work) ? "CANCELLED" : "CONFIRMED");
  out += line("DTSTART", utc(work.from));
  out += line("DTEND", utc(calendar_end(work)));
  out += text_line("SUMMARY", one_line(shown(work.name)));
  out += text_line("DESCRIPTION", description(snapshot, work));
  out += line("CATEGORIES", "MAINTENANCE");
  out += line("TRANSP", "TRANSPARENT");
  if (!page.empty()) out += line("URL", page + "/incidents/" + shown(work.id));
  return out + line("END", "VEVENT");
}

/// A calendar must hold something: what no calendar shows.
std::string nothing(const Snapshot& snapshot) {
  return line("BEGIN", "VFREEBUSY") + text_line("UID", "none@" + host(snapshot.page)) +
         line("DTSTAMP", utc(snapshot.page.created)) + line("END", "VFREEBUSY");
}

}  // namespace

std::string maintenance_calendar(const Edition& edition) {
  std::string out = line("BEGIN", "VCALENDAR");
  out += line("VERSION", "2.0");
  out += line("PRODID", "-//Signalbox//Maintenance//EN");
  out += line("CALSCALE", "GREGORIAN");
  out += text_line("NAME", one_line(shown(edition.snapshot.page.name)) + ": maintenance");
  out += text_line("X-WR-CALNAME", one_line(shown(edition.snapshot.page.name)) + ": maintenance");
  out += line("REFRESH-INTERVAL;VALUE=DURATION", "PT1H");
  out += line("X-PUBLISHED-TTL", "PT1H");
  for (const Maintenance& work : edition.snapshot.maintenances)
    out += event(edition.snapshot, work);
  if (edition.snapshot.maintenances.empty()) out += nothing(edition.snapshot);
  return out + line("END", "VCALENDAR");
}

}  // namespace signalbox::web
