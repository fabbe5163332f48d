// Badges for other people's pages: a label and a state, as SVG, and as JSON for shields.io.
#include "base/text.h"
#include "web/documents/json.h"
#include "web/documents/pages.h"
#include "web/documents/text_width.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kLongest = 40;
constexpr int kFontSize = 11;
constexpr int kPadding = 12;

struct Badge {
  std::string label;
  State state = State::unknown;
};

/// What is said of a state nobody has heard of for long is nothing.
Badge badge_of(std::string_view raw_label, State state, StaleSince stale_since) {
  std::string label = shorten(trim(one_line(shown(raw_label))), kLongest);
  if (label.empty()) label = "status";
  return {std::move(label), stale_since ? State::unknown : state};
}

int pixels(std::string_view text) { return (text_width(text) * kFontSize + 999) / 1000; }

std::string svg(const Badge& badge) {
  const std::string text(word(badge.state));
  const int label_length = pixels(badge.label);
  const int word_length = pixels(text);
  const int left = label_length + kPadding;
  const int right = word_length + kPadding;
  View view;
  view["label"] = text_view(badge.label);
  view["word"] = View(text);
  view["colour"] = View(std::string(colour(badge.state)));
  view["width"] = View(std::to_string(left + right));
  view["left"] = View(std::to_string(left));
  view["right_less"] = View(std::to_string(right - 3));
  view["label_x"] = View(std::to_string(kPadding / 2));
  view["word_x"] = View(std::to_string(left + kPadding / 2));
  view["label_length"] = View(std::to_string(label_length));
  view["word_length"] = View(std::to_string(word_length));
  return filled("badge.mustache", view);
}

/// https://shields.io/badges/endpoint-badge
std::string shields(const Badge& badge) {
  Json json = {{"schemaVersion", 1},
               {"label", badge.label},
               {"message", std::string(word(badge.state))},
               {"color", std::string(colour(badge.state))}};
  if (badge.state == State::down) json["isError"] = true;
  return dumped(json);
}

}  // namespace

std::string page_badge(const Edition& edition) {
  return svg(badge_of(edition.snapshot.page.name, edition.snapshot.worst, edition.stale_since));
}

std::string service_badge(const Edition& edition, const ServiceView& service) {
  return svg(badge_of(service.name, service.state, edition.stale_since));
}

std::string page_badge_json(const Edition& edition) {
  return shields(badge_of(edition.snapshot.page.name, edition.snapshot.worst, edition.stale_since));
}

std::string service_badge_json(const Edition& edition, const ServiceView& service) {
  return shields(badge_of(service.name, service.state, edition.stale_since));
}

}  // namespace signalbox::web
