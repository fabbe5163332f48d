#include "web/documents/weights.h"

namespace signalbox::web {
namespace {

/// Of a node in a map or set, beside what it holds.
constexpr std::size_t kNode = 64;

std::size_t bytes_of(const Update& update) {
  const Source& source = update.source;
  std::size_t bytes = sizeof(Update) + update.text.size() + source.account.size() +
                      source.network.size() + source.author.size() + source.url.size() +
                      update.post_account.size() + update.post_id.size() +
                      update.announcement.size();
  for (const Affected& affected : update.affected) {
    bytes += sizeof(Affected) + affected.service.size();
  }
  for (const std::string& service : update.about) bytes += sizeof(std::string) + service.size();
  return bytes;
}

std::size_t bytes_of(const std::optional<charts::Series>& series) {
  return series ? series->points.size() * sizeof(charts::Point) : 0;
}

std::size_t bytes_of(const std::optional<charts::Values>& values) {
  return values ? values->stretches.size() * sizeof(DrawnStretch) : 0;
}

}  // namespace

std::size_t bytes_of(const Incident& incident) {
  std::size_t bytes = sizeof(Incident) + incident.name.size();
  for (const auto& [service, state] : incident.services) bytes += kNode + service.size();
  for (const std::string& service : incident.awaits) bytes += kNode + service.size();
  for (const Update& update : incident.updates) bytes += bytes_of(update);
  if (incident.postmortem) bytes += bytes_of(*incident.postmortem);
  return bytes;
}

std::size_t bytes_of(const History& history) {
  std::size_t bytes = sizeof(History) + bytes_of(history.day) + bytes_of(history.week) +
                      bytes_of(history.month) + bytes_of(history.quarter);
  for (const DrawnHistory& metric : history.metrics) {
    bytes += sizeof(DrawnHistory) + bytes_of(metric.day) + bytes_of(metric.week);
  }
  if (history.incidents) {
    for (const Incident& incident : *history.incidents) bytes += bytes_of(incident);
  }
  return bytes;
}

std::size_t bytes_of(const Document& document) {
  constexpr std::size_t kHeads = 4096;
  return kHeads + document.body().size() * 3 / 2;
}

}  // namespace signalbox::web
