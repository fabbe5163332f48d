#include "app/cli/report_text.h"

#include <cmath>

#include "base/text.h"
#include "board/states.h"
#include "web/documents/words.h"

namespace signalbox::app {
namespace {

std::string line(const std::string& name, const std::string& what) {
  return "  " + name + std::string(name.size() < 11 ? 11 - name.size() : 1, ' ') + what + "\n";
}

std::string number(double value) { return with_commas(std::llround(value)); }

/// The two largest units: `2d 3h`, `4m 5s`.
std::string span(Duration time) {
  constexpr std::pair<const char*, long long> kUnits[] = {
      {"d", 86400}, {"h", 3600}, {"m", 60}, {"s", 1}};
  long long seconds = std::chrono::floor<std::chrono::seconds>(time).count();
  std::string text;
  int units = 0;
  for (const auto& [name, length] : kUnits) {
    if (seconds < length && (units == 0 || units == 2)) continue;
    if (units++ == 2) break;
    if (seconds >= length) text += std::to_string(seconds / length) + name + " ";
    seconds %= length;
  }
  return text.empty() ? "0s" : text.substr(0, text.size() - 1);
}

std::string maybe(const std::optional<Duration>& time) { return time ? span(*time) : "-"; }

std::string requests(const Snapshot& snapshot, const Rollup& sum) {
  const Sums& sums = sum.requests;
  if (sums.total <= 0) return "none were counted";
  std::string text = web::share(sums.good, sums.total);
  if (!snapshot.page.show_counts) return text;
  text += " (" + number(sums.good) + " good of " + number(sums.total);
  return text + ", " + number(sum.left_out.total) + " left out)";
}

std::string uptime(const DayTally& in) {
  const Sums of = board::weighted(in);
  const std::string percent = of.total > 0 ? web::share(of.good, of.total) : "unknown";
  return percent + " (seconds: up " + number(in.up) + ", issue " + number(in.issue) + ", down " +
         number(in.down) + ", maintenance " + number(in.maint) + ", unknown " + number(in.unknown) +
         ")";
}

std::string latency(const Latencies& took) {
  if (took.empty()) return "not known";
  std::string text;
  for (const auto& [name, share] : {std::pair("p50 ", 0.5), {"p95 ", 0.95}, {"p99 ", 0.99}}) {
    text += name + std::to_string(took.quantile(share).value_or(Duration(0)).count()) + " ms, ";
  }
  return text + "within 2 %";
}

std::string incidents(const board::Reliability& found) {
  return std::to_string(found.opened) + " opened, " + std::to_string(found.resolved) +
         " resolved, " + std::to_string(found.open) + " open; in trouble " + span(found.trouble) +
         " of " + span(found.known);
}

std::string incident(const Snapshot& snapshot, const Incident& one) {
  const std::string end = one.resolved ? web::when(snapshot.page, *one.resolved) : "open";
  return "    " + web::when(snapshot.page, one.opened) + " to " + end + "  " +
         std::string(word(one.worst)) + "  " + one_line(printable(one.name)) + "\n";
}

}  // namespace

std::string report_text(const Snapshot& snapshot, const web::ServiceMonth& month) {
  const ServiceView& service = month.service;
  std::string text = service.id;
  if (service.name != service.id) text += "  " + one_line(printable(service.name));
  text += "\n";
  if (month.empty()) return text + "  nothing is known of " + month.month.name + "\n\n";
  const board::Reliability& found = month.reliability;
  text += line("requests", requests(snapshot, month.sum));
  if (month.sum.tries.total > 0) {
    text += line("checks", web::share(month.sum.tries.good, month.sum.tries.total));
  }
  text += line("uptime", uptime(month.sum.states));
  text += line("latency", latency(month.sum.latencies));
  text += line("incidents", incidents(found));
  text += line("MTTR", maybe(found.mttr()) + ", longest " + maybe(found.longest));
  text += line("MTBF", maybe(found.mtbf()));
  for (const Incident& one : month.incidents) text += incident(snapshot, one);
  return text + "\n";
}

}  // namespace signalbox::app
