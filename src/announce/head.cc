#include "announce/head.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "model/service.h"

namespace signalbox::announce {
namespace {

std::map<std::string, std::vector<std::string>> groups(const Snapshot& board) {
  std::map<std::string, std::vector<std::string>> members;
  for (const ServiceView& v : board.services) {
    if (!v.group.empty()) members[v.group].push_back(v.id);
  }
  return members;
}

std::size_t place(const std::string& service, const Snapshot& board) {
  const auto at = std::ranges::find(board.services, service, &ServiceView::id);
  return static_cast<std::size_t>(at - board.services.begin());
}

std::string group_of(const std::string& service, const Snapshot& board) {
  const auto at = std::ranges::find(board.services, service, &ServiceView::id);
  return at == board.services.end() ? "" : at->group;
}

/// `2026-12-01 02:00+01:00`: means the same at any time.
std::string written(Time t, const Zone& zone) {
  std::string text = zone.iso(t);
  const auto day_ends = text.find('T');
  if (day_ends == std::string::npos || text.size() < day_ends + 9) return text;
  return text.substr(0, day_ends) + " " + text.substr(day_ends + 1, 5) + text.substr(day_ends + 9);
}

std::string window(const Report& report, const Zone& zone) {
  if (!report.until) return "";
  const std::string end = written(*report.until, zone);
  if (!report.from) return " [until " + end + "]";
  return " [" + written(*report.from, zone) + "/" + end + "]";
}

}  // namespace

std::vector<Line> worst_first(std::vector<Line> lines, const Snapshot& board) {
  std::ranges::stable_sort(lines, [&](const Line& a, const Line& b) {
    if (severity(a.state) != severity(b.state)) return worse(a.state, b.state);
    return place(a.service, board) < place(b.service, board);
  });
  return lines;
}

State worst_of(const std::vector<Line>& lines) {
  State worst = State::up;
  for (const Line& line : lines) {
    if (worse(line.state, worst)) worst = line.state;
  }
  return worst;
}

std::vector<std::string> folded(const std::vector<std::string>& services, const Snapshot& board) {
  const std::set<std::string> asked(services.begin(), services.end());
  const auto in = [&](const std::string& id) { return asked.contains(id); };
  if (board.services.size() > 1 &&
      std::ranges::all_of(board.services, in, [](auto& v) { return v.id; })) {
    return {"ALL"};
  }
  const auto members = groups(board);
  std::vector<std::string> targets;
  for (const std::string& id : services) {
    const auto group = members.find(group_of(id, board));
    const bool whole = group != members.end() && group->second.size() > 1 &&
                       std::ranges::all_of(group->second, in);
    std::string target = whole ? group_slug(group->first) : id;
    if (std::ranges::find(targets, target) == targets.end()) targets.push_back(std::move(target));
  }
  return targets;
}

std::vector<std::string> expanded(const std::string& target, const Snapshot& board) {
  std::vector<std::string> services;
  for (const ServiceView& v : board.services) {
    const bool named =
        target == "ALL" || target == v.id || (!v.group.empty() && target == group_slug(v.group));
    if (named) services.push_back(v.id);
  }
  return services;
}

std::string head_word(const Report& report, const Zone& zone) {
  if (report.is_notice()) return "";
  const std::string_view spoken = report.phase ? word(*report.phase) : word(*report.state);
  return std::string(spoken) + (report.state ? window(report, zone) : "");
}

std::string head(const std::vector<std::string>& targets, const std::string& word) {
  if (targets.empty()) return "";
  return join(targets, ",") + (word.empty() ? "" : "-" + word);
}

}  // namespace signalbox::announce
