// A mirror: a place elsewhere where the public site is kept as static files, so that it can be read
// when we are gone.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "publish/manifest.h"

namespace signalbox::publish {

/// A file as a mirror keeps it.
struct File {
  std::string name;           ///< below the mirror's root, `/` between folders; never `..`
  std::string content_type;   ///< where the mirror can say it
  std::string cache_control;  ///< likewise
  std::string body;
};

/// Where a site is kept. Calls block, one at a time on the mirror's own thread, but for stop().
/// Errors: unauthorized (staff must act), invalid (the mirror will never take it so), the others
/// may pass. `what` names the place and holds no secret.
class Mirror {
 public:
  virtual ~Mirror() = default;

  /// What it holds: the manifest last remembered, less what is not there as it says. An empty one
  /// when nothing is known. Called before anything else.
  virtual Result<Manifest> recall() = 0;
  /// Writes files, each whole or not at all, and gives their tags in the same order. After an error
  /// any of them may be there.
  virtual Result<std::vector<std::string>> put(std::vector<File> files) = 0;
  /// Takes files away; one that is not there is well.
  virtual Status remove(const std::vector<std::string>& names) = 0;
  /// What was put and removed becomes visible where it is not yet.
  virtual Status seal() { return {}; }
  /// Keeps the manifest for the next recall().
  virtual Status remember(const Manifest& manifest) = 0;
  /// What is under way ends soon, as an error. Any thread.
  virtual void stop() {}
};

}  // namespace signalbox::publish
