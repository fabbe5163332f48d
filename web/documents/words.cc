#include "web/documents/words.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::web {
std::string shown(std::string_view text) { return printable(text); }

std::string safe_link(std::string_view url) {
  const std::string start = to_lower(url.substr(0, 8));
  if (!start.starts_with("http://") && !start.starts_with("https://")) return {};
  const bool clean = std::ranges::none_of(url, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f || c == '"' || c == '<' || c == '>' || c == '\\';
  });
  return clean ? shown(url) : std::string();
}

std::string host(const PageFacts& page) {
  std::string_view url = page.url;
  const auto scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/:"));
  return url.empty() ? "localhost" : shown(url);
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
