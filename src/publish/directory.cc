#include "publish/directory.h"

#include <unistd.h>

#include <utility>

#include "base/hash.h"
#include "publish/disk.h"

namespace signalbox::publish {
namespace {

namespace fs = std::filesystem;

/// A name that leads out of the root, or hides, is a broken promise of ours.
bool is_proper(const std::string& name) {
  const fs::path path(name);
  if (name.empty() || path.is_absolute() || !path.has_filename()) return false;
  for (const fs::path& part : path) {
    if (part == ".." || part == ".") return false;
  }
  return true;
}

class Directory final : public Mirror {
 public:
  explicit Directory(fs::path root) : root_(std::move(root)) {}

  Result<Manifest> recall() override {
    const auto text = content_of(root_ / kManifestName);
    auto manifest = text ? decoded(*text) : Result<Manifest>(Manifest{});
    if (!manifest) return Manifest{};
    const std::size_t told = manifest->files.size();
    std::erase_if(manifest->files, [this](const auto& item) {
      const auto body = is_proper(item.first) ? content_of(root_ / item.first) : std::nullopt;
      return !body || hash64(*body) != item.second.hash;
    });
    if (manifest->files.size() != told) manifest->whole = false;
    return manifest;
  }

  Result<std::vector<std::string>> put(std::vector<File> files) override {
    for (const File& file : files) {
      if (!is_proper(file.name)) return internal("no name for a file: " + file.name);
      const Status done = write_whole(root_ / file.name, file.body, Readers::everybody);
      if (!done) return done.error();
    }
    return std::vector<std::string>(files.size());
  }

  Status remove(const std::vector<std::string>& names) override {
    for (const std::string& name : names) {
      if (!is_proper(name)) continue;
      std::error_code failed;
      fs::remove(root_ / name, failed);
      if (failed) return unavailable((root_ / name).string() + ": " + failed.message());
      forget_empty(fs::path(name).parent_path());
    }
    return {};
  }

  Status remember(const Manifest& manifest) override {
    return write_whole(root_ / kManifestName, encoded(manifest), Readers::everybody);
  }

 private:
  /// Folders that hold nothing any more.
  void forget_empty(fs::path folder) {
    while (!folder.empty() && ::rmdir((root_ / folder).c_str()) == 0) folder = folder.parent_path();
  }

  fs::path root_;
};

}  // namespace

std::unique_ptr<Mirror> directory_mirror(fs::path root) {
  return std::make_unique<Directory>(std::move(root));
}

}  // namespace signalbox::publish
