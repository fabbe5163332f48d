// The directory where a running server leaves word of itself for `say`, `status` and the others:
// run.json, control.token, and the lock that keeps a second server away.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "base/secret.h"

namespace signalbox::app {

/// Where a running server answers.
struct RunFile {
  int pid = 0;
  std::string public_url;  ///< http://HOST:PORT or unix:PATH
  std::string control_url;
};

/// Held by the server while it runs. The destructor gives the lock back.
class StateDir {
 public:
  /// Creates the directory (0700) when missing and takes its lock; invalid, naming the holder, when
  /// another server runs.
  static Result<StateDir> take(const std::string& directory);
  StateDir(StateDir&& other) noexcept;
  StateDir& operator=(StateDir&&) = delete;
  ~StateDir();

  /// The control token: made on first use, then the same for ever; kept 0600.
  Result<Secret> token();
  /// Writes run.json, 0600, whole or not at all.
  Status announce(const RunFile& run);
  /// Removes run.json: a clean stop.
  void withdraw();

 private:
  StateDir(std::string directory, int lock) : directory_(std::move(directory)), lock_(lock) {}
  std::string directory_;
  int lock_ = -1;
};

/// What a running server left in `directory`; unavailable, with the remedy, when none does.
Result<RunFile> read_run_file(const std::string& directory);
Result<Secret> read_token(const std::string& directory);

}  // namespace signalbox::app
