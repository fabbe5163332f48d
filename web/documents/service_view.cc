// One service on a page: its state, where that comes from, and its figures.
#include <cmath>

#include "base/text.h"
#include "web/charts/strip.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

std::string speaker(const Source& source) {
  const std::string author = source.author.empty() ? "staff" : source.author;
  return source.network.empty() ? author : author + " on " + source.network;
}

View stated_view(const Edition& edition, const std::optional<Statement>& stated) {
  if (!stated) return View(false);
  View view;
  view["word"] = View(std::string(word(stated->state)));
  view["who"] = text_view(speaker(stated->source));
  view["url"] = optional_text(safe_link(stated->source.url));
  view["at"] = View(when(edition.snapshot.page, stated->at));
  view["iso"] = View(edition.snapshot.page.zone.iso(stated->at));
  view["message"] = optional_text(stated->message);
  return view;
}

/// "5 min"; what is short and no whole number of minutes: "90s".
std::string length(Duration d) {
  const auto seconds = std::chrono::round<std::chrono::seconds>(d);
  const auto whole_minutes = std::chrono::floor<std::chrono::minutes>(seconds);
  const bool in_minutes = whole_minutes == seconds || whole_minutes > std::chrono::minutes(10);
  return in_minutes ? std::to_string(whole_minutes.count()) + " min" : to_text(seconds);
}

std::string of_how_many(const Edition& edition, const Measurement& measured) {
  const bool tries = measured.window == Duration(0);
  const std::string what = tries ? "tries" : "requests in " + length(measured.window);
  if (!edition.snapshot.page.show_counts) return " % of " + what;
  return " % of " + with_commas(std::llround(measured.total)) + " " + what;
}

/// "Measured 97.3 % of 12,400 requests in 5 min, up to"; "No fresh measurement since".
std::string measured_text(const Edition& edition, const Measurement& measured) {
  const bool ever = measured.at != Time{};
  if (measured.state == State::unknown || !measured.fresh) {
    return ever ? "No fresh measurement since" : "No measurement yet";
  }
  const std::string state = "Measured " + std::string(word(measured.state));
  if (measured.total <= 0) return state + " at";
  const std::string part = percent(measured.good, measured.total, 1);
  return state + ": " + part + of_how_many(edition, measured) + ", up to";
}

View measured_view(const Edition& edition, const std::optional<Measurement>& measured) {
  if (!measured) return View(false);
  View view;
  view["text"] = View(measured_text(edition, *measured));
  const bool ever = measured->at != Time{};
  view["at"] = ever ? View(when(edition.snapshot.page, measured->at)) : View(false);
  view["iso"] = View(ever ? edition.snapshot.page.zone.iso(measured->at) : "");
  return view;
}

/// Whether the line of facts below a service says what the note would say above it.
bool says_itself(const ServiceView& service) {
  const bool nobody_spoke = !service.standing.stated && !service.standing.measured;
  return nobody_spoke || (service.state == State::unknown && service.standing.measured);
}

void add_figures(View& view, const ServiceView& service) {
  const bool counted = service.month && service.month->total > 0;
  view["month"] = counted ? View(share(service.month->good, service.month->total)) : View(false);
  view["uptime"] = service.uptime ? View(share(*service.uptime, 1.0)) : View(false);
}

}  // namespace

View service_view(const Edition& edition, const ServiceView& service) {
  const Standing& standing = service.standing;
  View view;
  view["id"] = text_view(service.id);
  view["name"] = text_view(service.name);
  view["state"] = View(css_class(service.state));
  view["word"] = View(std::string(word(service.state)));
  view["flapping"] = View(service.flapping);
  view["note"] = optional_text(standing.note);
  view["remark"] = optional_text(says_itself(service) ? "" : standing.note);
  view["reason"] = optional_text(replace_all(standing.reason, "_", " "));
  view["stated"] = stated_view(edition, standing.stated);
  view["measured"] = measured_view(edition, standing.measured);
  view["spoken"] = View(standing.stated || standing.measured);
  const bool known = service.since != Time{};
  view["since"] = known ? View(when(edition.snapshot.page, service.since)) : View(false);
  view["iso"] = View(known ? edition.snapshot.page.zone.iso(service.since) : "");
  view["sources"] = optional_text(join(service.sources, ", "));
  add_figures(view, service);
  view["strip"] = View(false);
  view["trouble"] = View(false);
  return view;
}

View strip_view(const Edition& edition, const ServiceView& service) {
  if (service.days == nullptr || service.days->empty()) return View(false);
  View view;
  view["svg"] = svg_view(charts::strip(*service.days, edition.snapshot.as_of));
  return view;
}

}  // namespace signalbox::web
