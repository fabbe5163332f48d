#include "web/charts/plot.h"

#include <algorithm>
#include <cmath>

#include "web/charts/words.h"
#include "web/documents/say.h"

namespace signalbox::web::charts {
namespace {

long across(const Series& series, Time t) {
  const auto all = static_cast<double>((series.to - series.from).count());
  const auto part =
      static_cast<double>((std::clamp(t, series.from, series.to) - series.from).count());
  return all <= 0 ? 0 : std::lround(part / all * kWide);
}

long down(double height) { return std::lround((1 - std::clamp(height, 0.0, 1.0)) * kHigh); }

void add_move(std::string& path, char how, long x, long y) {
  path.push_back(how);
  add(path, x);
  path.push_back(' ');
  add(path, y);
}

void add_one(std::string& path, char how, long to) {
  path.push_back(how);
  add(path, to);
}

/// Calls `step(x0, x1, y, joined)` for each step that is no gap.
template <typename Step>
void each_step(const Series& series, const Height& height, const Step& step) {
  std::optional<Time> end;
  for (const Point& point : series.points) {
    const auto value = height(point);
    if (!value) {
      end.reset();
      continue;
    }
    const Time until = point.from + point.span;
    step(across(series, point.from), across(series, until), down(*value), end == point.from);
    end = until;
  }
}

}  // namespace

std::string step_line(const Series& series, const Height& height) {
  std::string path;
  each_step(series, height, [&](long from, long to, long y, bool joined) {
    joined ? add_one(path, 'V', y) : add_move(path, 'M', from, y);
    add_one(path, 'H', to);
  });
  return path;
}

std::string area_above(const Series& series, const Height& height) {
  std::string path;
  each_step(series, height, [&](long from, long to, long y, bool) {
    if (y == 0) return;
    add_move(path, 'M', from, 0);
    add_one(path, 'V', y);
    add_one(path, 'H', to);
    path += "V0z";
  });
  return path;
}

std::string grid() {
  std::string path;
  for (int line = 0; line <= 2; ++line) {
    add_move(path, 'M', 0, line * kHigh / 2);
    add_one(path, 'H', kWide);
  }
  for (int quarter = 1; quarter <= 3; ++quarter) {
    add_move(path, 'M', quarter * kWide / 4, 0);
    add_one(path, 'V', kHigh);
  }
  return "<path class=\"grid\" d=\"" + path + std::string(kEndOfPath);
}

std::vector<std::string> time_labels(const Series& series, const Told& told) {
  const Duration all = series.to - series.from;
  const bool hours = all <= std::chrono::days(2);
  std::vector<std::string> labels;
  for (int quarter = 0; quarter <= 4; ++quarter) {
    const Time t = series.from + all * quarter / 4;
    labels.push_back(hours ? clock(told.zone, t) : short_date(told.language, told.zone, t));
  }
  return labels;
}

std::string chart_title(const Told& told, std::string_view what) {
  return say(
      told.language, "chart.title",
      {{"what", what}, {"name", isolated(told.language, told.name)}, {"window", told.window}});
}

}  // namespace signalbox::web::charts
