#include "web/documents/words.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::web {
namespace {

std::string_view without_scheme(std::string_view url) {
  const auto scheme = url.find("://");
  return scheme == std::string_view::npos ? url : url.substr(scheme + 3);
}

}  // namespace

std::string shown(std::string_view text) { return printable(text); }

std::string host(const PageFacts& page) {
  const std::string_view url = without_scheme(page.url);
  const std::string_view host = url.substr(0, url.find_first_of("/:"));
  return host.empty() ? "localhost" : shown(host);
}

std::string place(const PageFacts& page) {
  if (page.slug.empty()) return {};
  if (page.url.empty()) return "/pages/" + page.slug;
  const std::string_view url = without_scheme(page.url);
  return shown(url.substr(std::min(url.find('/'), url.size())));
}

std::string css_class(State state) { return to_lower(word(state)); }

std::string title(Phase phase) {
  if (phase == Phase::postmortem) return "Post-mortem";
  std::string text = to_lower(word(phase));
  text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string phase_title(const Incident& incident) {
  if (incident.postmortem) return title(Phase::postmortem);
  return title(incident.open() ? incident.phase : Phase::resolved);
}

std::string share(double good, double total) {
  const std::string text = percent(good, total, 3);
  return text == "100" ? "100.00%" : text + "%";
}

std::string when(const PageFacts& page, Time t) {
  return page.zone.date_text(t) + " " + page.zone.clock_text(t);
}

const ServiceView* service(const Snapshot& snapshot, std::string_view id) {
  const auto found = std::ranges::find(snapshot.services, id, &ServiceView::id);
  return found == snapshot.services.end() ? nullptr : &*found;
}

std::string name_of(const Snapshot& snapshot, const std::string& id) {
  const ServiceView* found = service(snapshot, id);
  return found != nullptr ? found->name : id;
}

Time changed_at(const Snapshot& snapshot) {
  return snapshot.updated_at == Time{} ? snapshot.as_of : snapshot.updated_at;
}

Time planned_end(const Maintenance& maintenance) {
  return maintenance.until.value_or(maintenance.from + std::chrono::hours(2));
}

Time end_of(const Maintenance& maintenance) {
  return maintenance.ended ? *maintenance.ended : planned_end(maintenance);
}

Stage stage(const Maintenance& maintenance, Time now) {
  if (maintenance.ended) return Stage::over;
  return now < maintenance.from ? Stage::upcoming : Stage::running;
}

std::string_view colour(State state) {
  switch (state) {
    case State::up:
      return "007a5e";
    case State::issue:
      return "b35900";
    case State::down:
      return "c0202b";
    case State::maint:
      return "2563b8";
    case State::unknown:
      return "667079";
  }
  return "667079";
}

}  // namespace signalbox::web
