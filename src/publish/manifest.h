// What a mirror holds, as we last left it: so that only what changed is written again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::publish {

/// One file of a mirror.
struct Entry {
  std::uint64_t source = 0;  ///< hash of what it was made from, its time of writing apart
  std::uint64_t hash = 0;    ///< hash64() of its bytes
  std::string tag = {};      ///< what the mirror itself calls this version; "" where it has no word
  bool operator==(const Entry&) const = default;
};

/// All of them by name. A manifest may lie (a disk was restored, a bucket emptied): mirrors compare
/// it with what is there before it is believed.
struct Manifest {
  bool whole = false;  ///< once all of a site was there: from then on every part refers to others
  std::map<std::string, Entry> files;
  bool operator==(const Manifest&) const = default;
};

/// As JSON of one line, version 1:
/// `{"version":1,"whole":true,"files":{NAME:[SOURCE,HASH,TAG]}}`, hashes in hexadecimal.
std::string encoded(const Manifest& manifest);
/// Corrupt when it is not what encoded() writes.
Result<Manifest> decoded(std::string_view text);

}  // namespace signalbox::publish
