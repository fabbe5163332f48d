// From snapshot to bytes: renders the documents that changed and hands them to the public plane.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/snapshot.h"

namespace signalbox::web {

/// One body with its ready-made header, in one encoding.
struct Bytes {
  std::string head;  ///< status line and headers up to and with the empty line, but for Date and Connection
  std::string body;
};

/// A document in its encodings. Empty encodings are not offered.
struct Document {
  std::string etag;
  std::string content_type;
  Bytes identity, gzip, brotli;
  Bytes not_modified;  ///< the 304 for `etag`
};
using DocumentPtr = std::shared_ptr<const Document>;

/// All documents of one publication, fresh and "not updated since T".
struct Site {
  std::uint64_t generation = 0;
  SnapshotPtr snapshot;
  std::map<std::string, DocumentPtr, std::less<>> fresh;  ///< by path
  std::map<std::string, DocumentPtr, std::less<>> stale;
};
using SitePtr = std::shared_ptr<const Site>;

/// Documents that need history beyond the snapshot ask here; app answers from a read-only archive.
class Archive {
 public:
  virtual ~Archive() = default;
  /// An incident by id, whatever its age; none when there is none. May block; called on the render thread.
  virtual std::optional<Incident> incident(std::string_view id) = 0;
};

/// Makes a site from a snapshot; unchanged documents of `before` are taken over. Pure but for `archive`. Render thread.
SitePtr render(const SnapshotPtr& snapshot, const SitePtr& before, Archive* archive);

/// The live stream's event for what changed between two snapshots: JSON with `updated_at`, changed services and updates;
/// empty when nothing a reader sees has changed.
std::string live_event(const Snapshot& before, const Snapshot& after);

}  // namespace signalbox::web
