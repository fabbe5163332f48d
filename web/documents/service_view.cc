// One service on a page: its state, where that comes from, and its figures.
#include "base/text.h"
#include "web/charts/strip.h"
#include "web/documents/phrases.h"
#include "web/documents/say.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

std::string who_stated(const Language& language, const Source& source) {
  if (!source.author.empty()) return speaker(language, source, false);
  Source staff = source;
  staff.author = language.text("who.staff");
  return speaker(language, staff, false);
}

View stated_view(const Edition& edition, const std::optional<Statement>& stated) {
  if (!stated) return View(false);
  View view;
  view["word"] = View(state_word(edition.language, stated->state));
  view["who"] = View(who_stated(edition.language, stated->source));
  view["url"] = optional_text(safe_link(stated->source.url));
  view["at"] = View(when(edition, stated->at));
  view["iso"] = View(edition.snapshot.page.zone.iso(stated->at));
  view["message"] = optional_text(stated->message);
  return view;
}

View measured_view(const Edition& edition, const Standing& standing) {
  std::optional<Measurement> measured = standing.measured;
  if (!measured) return View(false);
  // Its time is then when measuring began.
  if (standing.reason == "no_reading") measured->at = Time{};
  View view;
  view["text"] = View(measured_text(edition, *measured));
  const bool ever = measured->at != Time{};
  view["at"] = ever ? View(when(edition, measured->at)) : View(false);
  view["iso"] = View(ever ? edition.snapshot.page.zone.iso(measured->at) : "");
  return view;
}

/// Whether the line of facts below a service says what the note would say above it.
bool says_itself(const ServiceView& service) {
  const bool nobody_spoke = !service.standing.stated && !service.standing.measured;
  return nobody_spoke || (service.state == State::unknown && service.standing.measured);
}

void add_figures(View& view, const Language& language, const ServiceView& service) {
  const bool counted = service.month && service.month->total > 0;
  view["month"] =
      counted ? View(share(language, service.month->good, service.month->total)) : View(false);
  view["uptime"] = service.uptime ? View(share(language, *service.uptime, 1.0)) : View(false);
}

}  // namespace

View service_view(const Edition& edition, const ServiceView& service) {
  const Standing& standing = service.standing;
  View view;
  view["id"] = text_view(service.id);
  view["name"] = text_view(service.name);
  view["state"] = View(css_class(service.state));
  view["word"] = View(state_word(edition.language, service.state));
  view["flapping"] = View(service.flapping);
  const std::string note = note_text(edition.language, standing);
  view["note"] = optional_text(note);
  view["remark"] = optional_text(says_itself(service) ? "" : note);
  view["reason"] = optional_text(reason_text(edition.language, standing.reason));
  view["stated"] = stated_view(edition, standing.stated);
  view["measured"] = measured_view(edition, standing);
  view["spoken"] = View(standing.stated || standing.measured);
  const bool known = service.since != Time{};
  view["since"] = known ? View(when(edition, service.since)) : View(false);
  view["iso"] = View(known ? edition.snapshot.page.zone.iso(service.since) : "");
  view["sources"] = optional_text(comma_list(edition.language, service.sources));
  add_figures(view, edition.language, service);
  view["strip"] = View(false);
  view["trouble"] = View(false);
  return view;
}

View strip_view(const Edition& edition, const ServiceView& service) {
  if (service.days == nullptr || service.days->empty()) return View(false);
  View view;
  view["svg"] = svg_view(charts::strip(*service.days, edition.snapshot.as_of, edition.language));
  return view;
}

}  // namespace signalbox::web
