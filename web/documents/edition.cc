#include "web/documents/edition.h"

#include <algorithm>

namespace signalbox::web {

std::string root_of(std::string_view path) {
  const auto slashes = std::ranges::count(path, '/');
  if (slashes <= 1) return "./";
  std::string root;
  for (auto folder = slashes - 1; folder > 0; --folder) root += "../";
  return root;
}

}  // namespace signalbox::web
