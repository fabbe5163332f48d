// What the page asks beyond the snapshot, from read-only connections to what the core keeps: older
// incidents, and what was measured and shown.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "board/board.h"
#include "store/store.h"
#include "web/publisher.h"

namespace signalbox::app {

/// Answers web's questions: an incident that left the snapshot by one look-up, rollups by a scan of
/// what was asked for. One thread.
class PageArchive final : public web::Archive {
 public:
  /// More steps than this are not answered: three months of minutes.
  static constexpr std::int64_t kMostSteps = std::int64_t{24} * 60 * 92;

  /// `store_url` as in the configuration, opened when first asked. The newest snapshot of `board`
  /// (outlives it) says when services began, and until when anything is known; without one nothing
  /// is known of states.
  explicit PageArchive(std::string store_url, const board::Board* board = nullptr)
      : store_url_(std::move(store_url)), board_(board) {}
  std::optional<Incident> incident(std::string_view id) override;
  std::optional<std::vector<Rollup>> rollups(const web::Stretch& stretch) override;
  std::optional<std::vector<DrawnStretch>> points(std::string_view metric, Time from, Time to,
                                                  Duration step) override;
  std::optional<std::vector<Incident>> incidents(Time from, Time to) override;

 private:
  Result<store::Archive*> archive();

  std::string store_url_;
  const board::Board* board_;
  std::unique_ptr<store::Archive> archive_;
};

}  // namespace signalbox::app
