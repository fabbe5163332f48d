// The templates, messages and styles that are part of the program, by file name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::web {

/// The text of a file in web/templates, web/messages or web/assets, or of uPlot: "page.mustache";
/// "" when there is none of that name.
std::string embedded(std::string_view name);
/// The names it knows.
std::vector<std::string> embedded_names();

}  // namespace signalbox::web
