#include "web/documents/address.h"

#include <algorithm>

namespace signalbox::web {

Address address_of(std::string_view path) {
  if (!path.starts_with('/')) return {nullptr, path};
  const std::string_view first = path.substr(1, path.find('/', 1) - 1);
  const Language* forced = language(first);
  if (forced == nullptr) return {nullptr, path};
  return {forced, path.substr(1 + first.size())};
}

std::string address_in(std::string_view code, std::string_view rest) {
  return "/" + std::string(code) + std::string(rest);
}

}  // namespace signalbox::web
