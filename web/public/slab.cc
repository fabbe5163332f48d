#include "web/public/slab.h"

#include <sys/mman.h>

#include <cstdint>
#include <cstring>

namespace signalbox::web {
namespace {

/// What is larger begins on a page of its own: fewer are looked up.
constexpr std::size_t kPage = 4096;
constexpr std::size_t kCacheLine = 64;

std::size_t rounded_up(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }

}  // namespace

Slab::Slab() {
  // A huge page must begin at a multiple of its size: of twice as much the ends are given back.
  void* const got =
      ::mmap(nullptr, 2 * kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (got == MAP_FAILED) return;
  char* const all = static_cast<char*>(got);
  const std::size_t before = kBytes - reinterpret_cast<std::uintptr_t>(all) % kBytes;
  start_ = all + before;
  ::munmap(all, before);
  if (before < kBytes) ::munmap(start_ + kBytes, kBytes - before);
  ::madvise(start_, kBytes, MADV_HUGEPAGE);
}

bool Slab::fits(std::size_t bytes) const {
  return start_ != nullptr && rounded_up(used_, kPage) + bytes <= kBytes;
}

Slab::~Slab() {
  if (start_ != nullptr) ::munmap(start_, kBytes);
}

std::string_view Slab::add(std::string_view bytes) {
  used_ = rounded_up(used_, bytes.size() > kPage ? kPage : kCacheLine);
  char* const to = start_ + used_;
  std::memcpy(to, bytes.data(), bytes.size());
  used_ += bytes.size();
  return {to, bytes.size()};
}

}  // namespace signalbox::web
