// The documents of one page of a site, each made when it is first asked for.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "board/excerpt.h"
#include "web/documents/history.h"
#include "web/documents/kept.h"
#include "web/documents/kind.h"
#include "web/documents/memory.h"
#include "web/documents/offer.h"
#include "web/publisher.h"

namespace signalbox::web {

/// What one page shows of the whole board.
struct Shown {
  SnapshotPtr snapshot;
  SnapshotPtr whole = nullptr;                              ///< null: the page shows all of it
  std::shared_ptr<const board::Excerpt> excerpt = nullptr;  ///< of `whole`
  std::shared_ptr<board::Cuttings> cuttings = nullptr;      ///< goes from site to site
  std::shared_ptr<const PageParts> parts = nullptr;
};

/// Thread-safe once add_page() and follow() are done.
class MadeOnDemand final : public Site {
 public:
  /// `memory` is null when there is no archive.
  MadeOnDemand(Shown shown, std::shared_ptr<Memory> memory);

  using Site::find;
  using Site::find_stale;

  const SnapshotPtr& snapshot() const override { return snapshot_; }
  DocumentPtr find(std::string_view path, std::string_view language) const override;
  DocumentPtr make_once(std::string_view path) const override;
  DocumentPtr find_stale(std::string_view path, Time since,
                         std::string_view language) const override;
  std::string_view language(std::string_view accept_language) const override;
  std::string moved(std::string_view path) const override;
  bool pending(std::string_view path) const override;
  Reply ask(std::string_view path, std::string_view query, StaleSince stale_since) const override;
  const std::vector<PageSite>& pages() const override { return pages_; }
  std::vector<std::string> paths() const override;

  void add_page(PageSite page) { pages_.push_back(std::move(page)); }
  /// Keeps what `before` made, to take over what has not changed.
  void follow(const MadeOnDemand& before) { previous_ = before.fresh_.all(); }

  const std::shared_ptr<Memory>& memory() const { return memory_; }
  /// As whose part the page was shown.
  const PageParts* parts() const { return shown_.parts.get(); }
  std::shared_ptr<board::Cuttings> cuttings() const { return shown_.cuttings; }

 private:
  /// A body and what kind it is.
  struct Made {
    std::string body;
    Kind kind = Kind::text;
    Keeping keeping = Keeping::bounded;
    std::string content_type = {};  ///< "": the kind's
  };

  DocumentPtr found(Kept& kept, const std::optional<Asked>& asked, StaleSince stale_since) const;
  DocumentPtr made(const Asked& asked, Made made) const;
  void say_language(Heading& heading, const Asked& asked) const;
  /// The document of the site before, given once.
  DocumentPtr made_before(const std::string& path) const;
  /// None when nothing is at the path; so the others.
  std::optional<Made> make(std::string_view path, const Edition& edition) const;
  std::optional<Made> group_made(const Edition& edition, std::string_view slug) const;
  std::optional<Made> of_service(const Edition& edition, std::string_view path) const;
  std::optional<Made> service_made(const Edition& edition, std::string_view id) const;
  std::optional<Made> incident_made(const Edition& edition, std::string_view id) const;
  std::optional<Made> history_made(const Edition& edition, std::string_view path) const;
  bool in_snapshot(std::string_view id) const;
  /// What the page may tell of the archive's incidents.
  Told told() const;
  Chronicle chronicle() const;

  const Shown shown_;
  const SnapshotPtr snapshot_;
  const Offer offer_;
  std::vector<PageSite> pages_;
  std::shared_ptr<Memory> memory_;  // null: there is no archive
  mutable std::mutex mutex_;
  mutable Kept fresh_, stale_;
  mutable std::unordered_map<std::string, DocumentPtr> previous_;
  mutable Time stale_told_{};  // the "not updated since" in stale_
};

}  // namespace signalbox::web
