#include "web/copy/names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"

namespace signalbox::web::copy {
namespace {

constexpr std::array<std::string_view, 9> kNoPages = {".json", ".atom", ".rss", ".svg", ".ics",
                                                      ".txt",  ".js",   ".css", ".png"};

/// Folders of pages that are each about one thing, whose names may end in anything.
constexpr std::array<std::string_view, 3> kFoldersOfOne = {"services", "groups", "incidents"};

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The part before the last: `services` of `/de/services/API`.
std::string_view folder_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : last_part(path.substr(0, slash));
}

bool is_of_one(std::string_view path) {
  const bool known = std::ranges::find(kFoldersOfOne, folder_name(path)) != kFoldersOfOne.end();
  return known && !on_its_page(path).starts_with("/api/");
}

}  // namespace

std::string_view on_its_page(std::string_view path) {
  constexpr std::string_view kPages = "/pages/";
  const std::size_t end = path.starts_with(kPages) ? path.find('/', kPages.size()) : 0;
  return end == std::string_view::npos ? path : path.substr(end);
}

bool is_page(std::string_view path) {
  if (is_of_one(path)) return true;
  const std::string_view last = last_part(path);
  return std::ranges::none_of(kNoPages, [last](auto ending) { return last.ends_with(ending); });
}

std::string file_name(std::string_view path) {
  const std::string name(path.substr(std::min<std::size_t>(1, path.size())));
  if (name.empty() || name.ends_with('/')) return name + "index.html";
  return is_page(path) ? name + ".html" : name;
}

int rank(std::string_view path) {
  if (path.starts_with("/assets/")) return 0;
  if (!is_page(path)) return 1;
  if (path == "/") return 5;
  if (path.ends_with('/')) return 4;
  return is_of_one(path) ? kOfOne : 3;
}

std::string resolved(std::string_view from, std::string_view link) {
  std::vector<std::string_view> parts;
  const auto walk = [&parts](std::string_view path) {
    for (const std::string_view part : split(path, '/')) {
      if (part == ".." && !parts.empty()) parts.pop_back();
      if (!part.empty() && part != "." && part != "..") parts.push_back(part);
    }
  };
  if (!link.starts_with('/')) walk(from.substr(0, from.rfind('/') + 1));
  walk(link);
  std::string path;
  for (const std::string_view part : parts) path += "/" + std::string(part);
  const std::string_view last = last_part(link);
  const bool folder = last.empty() || last == "." || last == "..";
  return folder || path.empty() ? path + "/" : path;
}

std::string way(std::string_view from, std::string_view to) {
  std::size_t same = 0;
  for (std::size_t at = 0; at < std::min(from.size(), to.size()) && from[at] == to[at]; ++at) {
    if (from[at] == '/') same = at + 1;
  }
  std::string up;
  const auto above = std::ranges::count(from.substr(same), '/');
  for (auto n = above; n > 0; --n) up += "../";
  return up + std::string(to.substr(same));
}

}  // namespace signalbox::web::copy
