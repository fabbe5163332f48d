#include "model/service.h"

namespace signalbox {
namespace {

bool kept(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.' || c == '-';
}

/// A byte of a UTF-8 character beyond its first.
bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

std::string group_slug(std::string_view group_name) {
  std::string slug;
  for (const char c : group_name) {
    if (!continues(c)) slug += kept(c) ? c : '-';
  }
  return slug;
}

}  // namespace signalbox
