// Badges for other people's pages: a label and a state, as SVG.
#include "base/text.h"
#include "web/documents/pages.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kLongest = 40;
constexpr int kCharacter = 7;
constexpr int kPadding = 12;

std::string badge(std::string_view raw_label, State state, StaleSince stale_since) {
  const State said = stale_since ? State::unknown : state;
  const std::string label = shorten(one_line(shown(raw_label)), kLongest);
  const std::string text(word(said));
  const int label_length = static_cast<int>(code_points(label)) * kCharacter;
  const int word_length = static_cast<int>(text.size()) * kCharacter;
  const int left = label_length + kPadding;
  const int right = word_length + kPadding;
  View view;
  view["label"] = text_view(label);
  view["word"] = View(text);
  view["colour"] = View(std::string(colour(said)));
  view["width"] = View(std::to_string(left + right));
  view["left"] = View(std::to_string(left));
  view["right_less"] = View(std::to_string(right - 3));
  view["label_x"] = View(std::to_string(left / 2));
  view["word_x"] = View(std::to_string(left + right / 2));
  view["label_length"] = View(std::to_string(label_length));
  view["word_length"] = View(std::to_string(word_length));
  return filled("badge.mustache", view);
}

}  // namespace

std::string page_badge(const Snapshot& snapshot, StaleSince stale_since) {
  return badge(snapshot.page.name, snapshot.worst, stale_since);
}

std::string service_badge(const Snapshot&, const ServiceView& service, StaleSince stale_since) {
  return badge(service.name, service.state, stale_since);
}

}  // namespace signalbox::web
