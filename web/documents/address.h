// An address of the public plane taken apart: the language it forces, and what it asks for there.
#pragma once

#include <string>
#include <string_view>

#include "web/documents/language.h"

namespace signalbox::web {

/// A view into the path it was read from.
struct Address {
  /// Forced by the first segment; null: as the reader wishes.
  const Language* language = nullptr;
  /// The document's path below that, with its leading slash; "" where the slash is missing.
  std::string_view rest;
};

/// `/de/services/API` is `/services/API` in German, `/services/de` is what it says: only the first
/// segment can be a language.
Address address_of(std::string_view path);
/// The address of `rest` in that language: the inverse.
std::string address_in(std::string_view code, std::string_view rest);

}  // namespace signalbox::web
