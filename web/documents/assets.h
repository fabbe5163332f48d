// The scripts and the library that pages load where script runs: from our own origin, under
// names that change with their content.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::web {

struct Asset {
  std::string_view name;  ///< in web/assets, or in the library's package
  std::string_view content_type;
};

/// `/assets/0f3a…-explore.js`: for ever the same bytes.
std::string asset_path(std::string_view name);
/// The same as a link from a document whose page is at `root`.
std::string asset_link(std::string_view root, std::string_view name);
/// The bytes of that asset; "" when it is not part of this program.
std::string asset_content(std::string_view name);
/// The asset at `path`; none when there is none, or it is not part of this program.
std::optional<Asset> asset_at(std::string_view path);
/// The paths of all that are part of this program.
std::vector<std::string> asset_paths();
/// Whether charts can be explored: whether uPlot was there when the program was built.
bool can_explore();

}  // namespace signalbox::web
