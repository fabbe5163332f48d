// Older incidents for the page: folded from the ledger by a read-only connection of the render
// thread.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "model/book.h"
#include "store/store.h"
#include "web/publisher.h"

namespace signalbox::app {

/// Answers web's question for an incident that left the snapshot. One thread.
class PageArchive final : public web::Archive {
 public:
  /// `store_url` as in the configuration.
  explicit PageArchive(std::string store_url) : store_url_(std::move(store_url)) {}
  std::optional<Incident> incident(std::string_view id) override;

 private:
  std::string store_url_;
};

}  // namespace signalbox::app
