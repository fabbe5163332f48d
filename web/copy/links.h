// The links of a page, made to lead from file to file.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace signalbox::web::copy {

/// Whether there is a document at a path.
using Known = std::function<bool(const std::string& path)>;

/// `html` (a page of ours, at `path`) with each `href` and `src` that leads to a known document
/// leading to its file, relative. What leads to another place of the site (the live stream, months
/// that only the archive has) leads to the site itself, below `home`; as it was where `home` is "".
std::string with_file_links(std::string_view html, std::string_view path, std::string_view home,
                            const Known& known);

/// `html` without its scripts, which ask for what is no file; but for a page's own, told by
/// `data-copy` that there is nobody to ask.
std::string without_scripts(std::string_view html);

}  // namespace signalbox::web::copy
