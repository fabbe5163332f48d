#include "announce/wording.h"

#include <cmath>

#include "base/text.h"

namespace signalbox::announce {
namespace {

std::string whole(double number) { return with_commas(std::llround(number)); }

std::string of_checks(const Line& line) {
  if (line.good >= line.total) return "checks are good";
  const bool worked = line.state == State::issue;
  return whole(line.total - line.good) + " of " + whole(line.total) +
         (worked ? " checks found trouble" : " checks failed") +
         (line.why.empty() ? "" : " (" + line.why + ")");
}

std::string of_one(const Line& line, State head, bool show_counts) {
  const std::string measured = figures(line, show_counts);
  std::string text = line.service;
  if (line.state != head || measured.empty()) text += " " + std::string(word(line.state));
  if (measured.empty()) return text;
  return text + (line.state != head ? ", " : " ") + measured;
}

}  // namespace

std::string share(double good, double total) {
  std::string text = percent(good, total, 1);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + " %";
}

std::string span_text(Duration span) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(span).count();
  if (seconds % 3600 == 0) return std::to_string(seconds / 3600) + " h";
  if (seconds % 60 == 0 || seconds > 120) return std::to_string((seconds + 30) / 60) + " min";
  return std::to_string(seconds) + " s";
}

std::string figures(const Line& line, bool show_counts) {
  if (line.total <= 0) return "";
  if (line.window == Duration::zero()) return of_checks(line);
  const std::string count = show_counts ? whole(line.total) + " " : "";
  return share(line.good, line.total) + " of " + count + "requests in " + span_text(line.window);
}

std::string told_of(const std::vector<Line>& lines, State head, bool show_counts) {
  if (lines.size() == 1) {
    const std::string alone = figures(lines.front(), show_counts);
    return alone.empty() ? "measured " + std::string(word(lines.front().state)) : alone;
  }
  std::vector<std::string> clauses;
  for (const Line& line : lines) clauses.push_back(of_one(line, head, show_counts));
  return join(clauses, "; ");
}

}  // namespace signalbox::announce
