#include "app/cli/backtest_command.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>
#include <utility>

#include "app/cli/check_config.h"
#include "app/cli/replay.h"
#include "app/prepare.h"
#include "base/text.h"
#include "connectors/access_log/offline.h"

namespace signalbox::app {

namespace {

namespace access_log = connectors::access_log;
using Json = nlohmann::ordered_json;

/// One access_log source and what its logs say.
struct Logged {
  std::string source;
  std::string file_name;
  Duration every{};
  access_log::LogReader reader;
};

struct Lines {
  std::uint64_t all = 0;
  std::uint64_t unparsable = 0;
  std::string first_unparsable;
};

std::string file_name(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::vector<Logged> logged_sources(const Setup& setup) {
  std::vector<Logged> all;
  for (const SourceWork& work : setup.sources) {
    if (work.kind->kind != "access_log" || work.setup.questions.empty()) continue;
    access_log::Rules rules = access_log::read_rules(work.setup, false);
    std::string name = file_name(rules.path);
    all.push_back({work.setup.id, std::move(name), work.setup.every,
                   access_log::LogReader(std::move(rules), work.setup.every)});
  }
  return all;
}

/// The sources a log belongs to.
std::vector<access_log::LogReader*> readers_of(const std::string& log, std::vector<Logged>& all) {
  const std::string name = file_name(log);
  std::size_t longest = 0;
  for (const Logged& logged : all) {
    if (name.starts_with(logged.file_name)) longest = std::max(longest, logged.file_name.size());
  }
  std::vector<access_log::LogReader*> readers;
  for (Logged& logged : all) {
    const bool named = logged.file_name.size() == longest && name.starts_with(logged.file_name);
    if (longest == 0 || named) readers.push_back(&logged.reader);
  }
  return readers;
}

Status read(const std::string& log, std::vector<Logged>& all, Lines& lines) {
  const auto readers = readers_of(log, all);
  const access_log::LogReader& first = *readers.front();
  const std::uint64_t lines_before = first.lines();
  const std::uint64_t unreadable_before = first.unreadable();
  if (const Status done = access_log::read_log(log, readers); !done) return done;
  lines.all += first.lines() - lines_before;
  lines.unparsable += first.unreadable() - unreadable_before;
  if (lines.first_unparsable.empty()) lines.first_unparsable = first.first_unreadable();
  return {};
}

std::vector<Track> tracks(const std::vector<Logged>& all) {
  std::vector<Track> tracks;
  for (const Logged& logged : all) {
    for (const access_log::ServiceCounts& counts : logged.reader.services()) {
      tracks.push_back({logged.source, counts.service, counts.intervals});
    }
  }
  return tracks;
}

/// Services that no log speaks of are nobody's to judge here.
Plan judged(Plan plan, const std::vector<Track>& tracks) {
  for (Service& service : plan.services) {
    service.measured = std::any_of(tracks.begin(), tracks.end(),
                                   [&](const Track& t) { return t.service == service.id; });
  }
  return plan;
}

std::uint64_t whole(double count) { return static_cast<std::uint64_t>(count); }

Json counted(const std::vector<Logged>& all) {
  Json services = Json::object();
  for (const Logged& logged : all) {
    for (const access_log::ServiceCounts& counts : logged.reader.services()) {
      const access_log::Tally& sums = counts.all;
      Json families = Json::object();
      for (const std::size_t family : {2U, 3U, 4U, 5U}) {
        families[std::to_string(family) + "xx"] = whole(sums.families[family]);
      }
      services[counts.service] = {{"good", whole(sums.good)},
                                  {"total", whole(sums.total)},
                                  {"left_out", whole(sums.left_out)},
                                  {"families", std::move(families)}};
    }
  }
  return services;
}

void add_span(Json& json, const std::vector<Track>& tracks, const Zone& zone) {
  std::optional<Time> from;
  std::optional<Time> until;
  for (const Track& track : tracks) {
    const auto first = track.intervals.first();
    const auto last = track.intervals.last();
    if (!first || !last) continue;
    const Time begins = track.intervals.begins(*first);
    const Time ends = track.intervals.begins(*last + 1);
    from = from ? std::min(*from, begins) : begins;
    until = until ? std::max(*until, ends) : ends;
  }
  json["from"] = from ? Json(zone.iso(*from)) : Json();
  json["until"] = until ? Json(zone.iso(*until)) : Json();
}

std::string dump(const Json& json) {
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

/// Four blanks further to the right, but for the first line.
std::string indented(const std::string& text) {
  std::string further;
  for (const char c : text) {
    further += c;
    if (c == '\n') further += "    ";
  }
  return further;
}

/// Writes a last member of `json`, its items made one after the other: a bad month has tens of
/// thousands of them.
template <typename T, typename JsonOf>
void write_list(std::ostream& out, const char* name, const std::vector<T>& all,
                const JsonOf& json_of) {
  out << ",\n  \"" << name << "\": [";
  const char* between = "\n";
  for (const T& one : all) {
    out << std::exchange(between, ",\n") << "    " << indented(dump(json_of(one)));
  }
  out << (all.empty() ? "]" : "\n  ]");
}

/// `json`, with the story as its last members.
void write(std::ostream& out, const Json& json, const Replayed& story, const Zone& zone) {
  const std::string head = dump(json);
  out << std::string_view(head).substr(0, head.size() - 2);  // without the closing "\n}"
  write_list(out, "changes", story.changes, [&](const Change& change) {
    return Json{{"time", zone.iso(change.at)}, {"service", change.service},
                {"from", word(change.from)},   {"to", word(change.to)},
                {"good", whole(change.good)},  {"total", whole(change.total)}};
  });
  write_list(out, "announcements", story.announcements, [&](const Told& told) {
    return Json{
        {"time", zone.iso(told.at)}, {"text", told.text}, {"audience", word(told.audience)}};
  });
  out << "\n}\n";
}

int fail(const std::string& what, int code, std::ostream& err) {
  err << "signalbox: " << what << "\n";
  return code;
}

/// Whether nothing is wrong with the configuration, but for secrets that nobody here needs.
bool usable(const Prepared& prepared) {
  return std::all_of(prepared.misfits.begin(), prepared.misfits.end(),
                     [](const config::Misfit& misfit) { return misfit.absent; });
}

}  // namespace

int backtest_command(const std::string& config, const std::vector<std::string>& logs,
                     std::ostream& out, std::ostream& err) {
  const Prepared prepared = prepare(config);
  if (!usable(prepared)) {
    tell(prepared.misfits, err);
    return 2;
  }
  std::vector<Logged> sources = logged_sources(prepared.setup);
  if (sources.empty()) {
    return fail(config + ": no service is measured by a source of kind access_log; give one its " +
                    "`availability: {source: …}`",
                2, err);
  }
  for (const Logged& logged : sources) {
    if (logged.reader.timed()) continue;
    return fail(config + ": the pattern of source " + logged.source +
                    " has no group `time`, by which a backtest goes; add (?P<time>…)",
                2, err);
  }
  Lines lines;
  for (const std::string& log : logs) {
    if (const Status done = read(log, sources, lines); !done) {
      return fail(done.error().what, 1, err);
    }
  }
  const std::vector<Track> told = tracks(sources);
  const auto story = replay(judged(prepared.setup.plan, told), told);
  if (!story) return fail(story.error().what, 1, err);
  const Zone& zone = prepared.setup.plan.page.zone;
  Json json{{"lines", lines.all}, {"unparsable", lines.unparsable}};
  if (lines.unparsable > 0)
    json["first_unparsable"] = shorten(one_line(valid_utf8(lines.first_unparsable)), 200);
  add_span(json, told, zone);
  json["services"] = counted(sources);
  write(out, json, *story, zone);
  return 0;
}

}  // namespace signalbox::app
