#include "base/hash.h"

namespace signalbox {

std::uint64_t hash64(std::string_view text) {
  std::uint64_t h = 14695981039346656037ull;
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  // The finishing step of MurmurHash3 (public domain): without it, short texts share their upper
  // bits.
  h = (h ^ (h >> 33)) * 0xff51afd7ed558ccdull;
  h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53ull;
  return h ^ (h >> 33);
}

std::string short_id(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::uint64_t h = hash64(text);
  std::string id(12, '0');
  for (char& c : id) {
    c = kDigits[h % 36];
    h /= 36;
  }
  return id;
}

}  // namespace signalbox
