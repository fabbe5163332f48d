#include "ledger/thread.h"

#include "base/text.h"
#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

/// The open incident or maintenance in whose thread the post is, or "".
std::string spoken_in(const Case& c) {
  std::string id = c.speaker.incident;
  if (const auto* root = followed(c.book, c.post.account, c.post.thread)) id = root->incident;
  const auto* found = incident(c.book, id);
  const auto* work = maintenance(c.book, id);
  const bool open = (found != nullptr && found->open()) || (work != nullptr && !work->ended);
  return open ? id : "";
}

/// The services of an incident that are not closed there.
std::vector<std::string> still_troubled(const Incident& incident) {
  std::vector<std::string> services;
  for (const auto& [service, state] : incident.services) {
    if (state != State::up) services.push_back(service);
  }
  return services;
}

/// `PHASE: message` about the services of `incident`; nullopt for any other text.
std::optional<Report> phase_reply(const std::string& text, const Incident& incident) {
  const auto colon = text.find(':');
  if (colon == std::string::npos) return std::nullopt;
  const auto phase = phase_from(to_upper(trim(std::string_view(text).substr(0, colon))));
  Report report;
  report.message = trim(std::string_view(text).substr(colon + 1));
  if (!phase || phase == Phase::postmortem || report.message.empty()) return std::nullopt;
  report.phase = phase;
  if (phase == Phase::resolved || phase == Phase::done) report.state = State::up;
  report.services = still_troubled(incident);
  report.targets = report.services;
  return report;
}

}  // namespace

std::string reply_text(const Post& post) {
  std::string_view text = trim(post.text);
  while (text.starts_with('@')) {
    const auto end = text.find_first_of(" \n");
    if (end == std::string_view::npos) return "";
    text = trim(text.substr(end));
  }
  return std::string(text);
}

void follow_thread(Case& c) {
  if (!std::holds_alternative<NotOurs>(c.sentence)) return;
  if (c.post.thread.empty() && c.speaker.incident.empty()) return;
  const std::string id = spoken_in(c);
  const std::string text = reply_text(c.post);
  if (id.empty() || text.empty()) return;
  if (const auto* found = incident(c.book, id)) {
    if (auto report = phase_reply(text, *found)) {
      c.sentence = *std::move(report);
      c.incident = id;
      return;
    }
  }
  if (c.policy.thread_replies == ThreadReplies::update) c.incident = id;
}

}  // namespace signalbox::ledger
