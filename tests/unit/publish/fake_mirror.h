// A mirror in memory that fails when it is told to.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "publish/content.h"
#include "publish/mirror.h"

namespace signalbox::publish {

struct FakeMirror final : Mirror {
  Result<Manifest> recall() override { return remembered; }
  Result<std::vector<std::string>> put(std::vector<File> given) override {
    if (failures > 0) {
      --failures;
      return unavailable("the mirror is away");
    }
    for (const File& file : given) {
      files[file.name] = file.body;
      puts.push_back(file.name);
    }
    return std::vector<std::string>(given.size());
  }
  Status remove(const std::vector<std::string>& names) override {
    for (const auto& name : names) files.erase(name);
    return {};
  }
  Status seal() override {
    ++seals;
    if (failing_seals == 0) return {};
    --failing_seals;
    return unavailable("the mirror is away");
  }
  Status remember(const Manifest& manifest) override { return remembered = manifest, Status(); }

  std::map<std::string, std::string> files;
  std::vector<std::string> puts;
  Manifest remembered;
  int failures = 0;  // of put(), from here on
  int seals = 0;
  int failing_seals = 0;  // likewise
};

struct FakeContent final : Content {
  const std::vector<std::string>& names() const override { return listed; }
  std::optional<Draft> draft(const std::string& name) override {
    const auto found = bodies.find(name);
    if (found == bodies.end()) return std::nullopt;
    return Draft{{name, "text/plain", "no-cache", found->second},
                 std::hash<std::string>{}(found->second)};
  }
  File dated(Draft draft) const override {
    draft.file.body += " as of " + as_of;
    return draft.file;
  }
  std::vector<File> as_of_files() const override {
    return {{"as_of.json", "application/json", "no-cache", as_of}};
  }

  std::vector<std::string> listed;
  std::map<std::string, std::string> bodies;
  std::string as_of = "1";
};

}  // namespace signalbox::publish
