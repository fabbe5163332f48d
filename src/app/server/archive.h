// Older incidents for the page, from a read-only connection to what the core keeps of those that
// are over.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "store/store.h"
#include "web/publisher.h"

namespace signalbox::app {

/// Answers web's question for an incident that left the snapshot: one look-up. One thread.
class PageArchive final : public web::Archive {
 public:
  /// `store_url` as in the configuration. Opened when first asked.
  explicit PageArchive(std::string store_url) : store_url_(std::move(store_url)) {}
  std::optional<Incident> incident(std::string_view id) override;
  std::optional<std::vector<Rollup>> rollups(const web::Stretch& stretch) override;

 private:
  std::string store_url_;
  std::unique_ptr<store::Archive> archive_;
};

}  // namespace signalbox::app
