// The local account has no far side: its stage reads back the file that its announcements are
// written to.
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/support/stage.h"

namespace signalbox::connectors::local {
namespace {

std::filesystem::path fresh_file() {
  static std::atomic<int> count = 0;
  const std::string name =
      "signalbox-local-" + std::to_string(getpid()) + "-" + std::to_string(count++) + ".jsonl";
  return std::filesystem::temp_directory_path() / name;
}

class LocalStage final : public testing::Stage {
 public:
  explicit LocalStage(const Clock& clock) : Stage(clock), file_(fresh_file()) {
    std::filesystem::remove(file_);
  }
  ~LocalStage() override { std::filesystem::remove(file_); }

  AccountSetup setup(const std::string&) override {
    Settings settings({{"file", Setting{file_.string(), {}, 1, 1}}});
    return {"local", "", "", std::move(settings)};
  }
  std::string yaml(const std::string& id, const std::string&) override {
    return "{id: " + id + ", kind: local, file: \"" + file_.string() + "\"}";
  }
  std::string allowed_author() const override { return "console"; }
  std::string secret() const override { return "the local account has no secret"; }
  std::string someone_posts(const std::string&, const testing::Posting&) override { return ""; }
  void someone_edits(const std::string&, const std::string&) override {}
  void someone_deletes(const std::string&) override {}

  std::vector<testing::Heard> heard() const override {
    std::vector<testing::Heard> all;
    std::ifstream in(file_);
    for (std::string line; std::getline(in, line);) {
      const auto entry = nlohmann::json::parse(line);
      all.push_back({entry["id"], entry["text"], entry["in_reply_to"], entry["id"]});
    }
    return all;
  }

  bool speaks(const net::Request&) const override { return false; }
  bool remote() const override { return false; }

 private:
  net::Response handle(const net::Request&) override { return {404, {}, ""}; }

  std::filesystem::path file_;
};

}  // namespace

std::unique_ptr<testing::Stage> make_stage(const Clock& clock);
std::unique_ptr<testing::Stage> make_stage(const Clock& clock) {
  return std::make_unique<LocalStage>(clock);
}

}  // namespace signalbox::connectors::local
