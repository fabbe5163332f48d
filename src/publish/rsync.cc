#include "publish/rsync.h"

#include <atomic>
#include <set>
#include <utility>

#include "publish/child.h"
#include "publish/directory.h"
#include "publish/disk.h"

namespace signalbox::publish {
namespace {

class Rsync final : public Mirror {
 public:
  Rsync(RsyncSettings settings, std::filesystem::path staging)
      : settings_(std::move(settings)),
        staging_(std::move(staging)),
        gathered_(directory_mirror(staging_)) {}

  Result<Manifest> recall() override { return gathered_->recall(); }
  Result<std::vector<std::string>> put(std::vector<File> files) override {
    return gathered_->put(std::move(files));
  }
  Status remove(const std::vector<std::string>& names) override {
    gone_.insert(names.begin(), names.end());
    return gathered_->remove(names);
  }

  // A page is in place only after what it refers to; what a page may still refer to goes last.
  Status seal() override {
    if (const Status first = carry({"--exclude=*.html", "--exclude=/as_of.*"}); !first)
      return first;
    if (const Status all = carry({}); !all) return all;
    return carry_away();
  }
  Status remember(const Manifest& manifest) override { return gathered_->remember(manifest); }

  void stop() override { stopping_ = true; }

 private:
  /// Only what we brought: who else keeps files there finds them untouched.
  Status carry_away() {
    if (gone_.empty()) return {};
    const std::filesystem::path list = staging_.string() + ".gone";
    std::string names;
    for (const std::string& name : gone_) names += name + "\n";
    const Status listed = write_whole(list, names, Readers::ourselves);
    const Status done =
        listed ? carry({"--files-from=" + list.string(), "--delete-missing-args"}) : listed;
    if (done) gone_.clear();
    return done;
  }

  Status carry(const std::vector<std::string>& how) {
    std::vector<std::string> words{settings_.program, "--recursive", "--times", "--perms",
                                   "--delay-updates"};
    words.insert(words.end(), how.begin(), how.end());
    words.push_back(std::string("--exclude=/") + kManifestName);
    words.insert(words.end(), settings_.options.begin(), settings_.options.end());
    words.insert(words.end(), {"--", staging_.string() + "/", settings_.to});
    return run_program(words, settings_.patience, stopping_);
  }

  RsyncSettings settings_;
  std::filesystem::path staging_;
  std::unique_ptr<Mirror> gathered_;
  std::set<std::string> gone_;  // taken away here, and not yet there
  std::atomic<bool> stopping_ = false;
};

}  // namespace

std::unique_ptr<Mirror> rsync_mirror(RsyncSettings settings, std::filesystem::path staging) {
  return std::make_unique<Rsync>(std::move(settings), std::move(staging));
}

}  // namespace signalbox::publish
