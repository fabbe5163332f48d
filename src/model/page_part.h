// Pages beside the main one: each shows some of the services, to everybody or to whom it is opened.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace signalbox {

/// What opens a page.
struct PageLock {
  enum class Kind : std::uint8_t { open, token, password };
  Kind kind = Kind::open;
  /// Never the secret itself: of a token its BLAKE2b hash (32 bytes), of a password its argon2id
  /// hash as text. "" when open.
  std::string digest;

  bool operator==(const PageLock&) const = default;
};

/// One page beside the main one.
struct PagePart {
  std::string slug;  ///< its place below `/pages/`: lower-case letters, digits and `-`
  std::string name;
  std::string url;   ///< without a trailing slash; "" when not known
  std::string host;  ///< lower case, without a port: who asks there gets this page; "" for none
  std::vector<std::string> services;  ///< ids
  PageLock lock;

  bool operator==(const PagePart&) const = default;
};

/// Who shows what. Made from a configuration, never changed.
struct PageParts {
  std::vector<std::string> main;  ///< ids of the services on the main page
  std::vector<PagePart> others;   ///< in the order of the configuration
};

}  // namespace signalbox
