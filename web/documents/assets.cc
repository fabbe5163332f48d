#include "web/documents/assets.h"

#include <array>

#include "base/hash.h"
#include "web/documents/embedded.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kScript = "text/javascript; charset=utf-8";
constexpr std::array<Asset, 6> kAssets = {{{"wall.js", kScript},
                                           {"live.js", kScript},
                                           {"page.js", kScript},
                                           {"explore.js", kScript},
                                           {"uPlot.iife.min.js", kScript},
                                           {"uPlot.min.css", "text/css; charset=utf-8"}}};

std::array<std::string, kAssets.size()> made_paths() {
  std::array<std::string, kAssets.size()> paths;
  for (std::size_t at = 0; at < kAssets.size(); ++at) {
    const std::string content = asset_content(kAssets[at].name);
    if (content.empty()) continue;
    paths[at] = "/assets/" + short_id(content) + "-" + std::string(kAssets[at].name);
  }
  return paths;
}

const std::array<std::string, kAssets.size()>& paths() {
  static const auto made = made_paths();
  return made;
}

}  // namespace

// A page asks for one script: what keeps it up to date first, before the other has changed
// anything.
std::string asset_content(std::string_view name) {
  if (name == "page.js") return embedded("live.js") + embedded("reader.js");
  return embedded(name);
}

std::string asset_path(std::string_view name) {
  for (std::size_t at = 0; at < kAssets.size(); ++at) {
    if (kAssets[at].name == name) return paths()[at];
  }
  return {};
}

std::string asset_link(std::string_view root, std::string_view name) {
  const std::string path = asset_path(name);
  return path.empty() ? path : std::string(root) + path.substr(1);
}

std::optional<Asset> asset_at(std::string_view path) {
  for (std::size_t at = 0; at < kAssets.size(); ++at) {
    if (!path.empty() && paths()[at] == path) return kAssets[at];
  }
  return std::nullopt;
}

std::vector<std::string> asset_paths() {
  std::vector<std::string> there(paths().begin(), paths().end());
  std::erase(there, "");
  return there;
}

bool can_explore() {
  return !asset_path("explore.js").empty() && !asset_path("uPlot.iife.min.js").empty() &&
         !asset_path("uPlot.min.css").empty();
}

}  // namespace signalbox::web
