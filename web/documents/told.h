// What a page may tell of the archive's incidents.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "web/publisher.h"

namespace signalbox::web {

/// What is told of an incident; none: nothing. Empty: all of it. Any thread.
using Told = std::function<std::optional<Incident>(const Incident&)>;

/// The archive as one page is told it.
class ToldArchive final : public Archive {
 public:
  /// Both outlive it.
  ToldArchive(Archive& all, const Told& told) : all_(all), told_(told) {}

  std::optional<Incident> incident(std::string_view id) override {
    const auto found = all_.incident(id);
    return found && told_ ? told_(*found) : found;
  }
  std::optional<std::vector<Rollup>> rollups(const Stretch& stretch) override {
    return all_.rollups(stretch);
  }
  std::optional<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                                  Duration step) override {
    return all_.points(metric, from, to, step);
  }
  std::optional<std::vector<Incident>> incidents(Time from, Time to) override {
    auto found = all_.incidents(from, to);
    if (!found || !told_) return found;
    std::vector<Incident> list;
    for (const Incident& whole : *found) {
      if (auto incident = told_(whole)) list.push_back(*std::move(incident));
    }
    return list;
  }

 private:
  Archive& all_;
  const Told& told_;
};

}  // namespace signalbox::web
