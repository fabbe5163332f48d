#include "web/public/slab.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace signalbox::web {
namespace {

/// Bytes begin on a page of their own: fewer are looked up.
constexpr std::size_t kPage = 4096;

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

Slab::~Slab() {
  if (start_ != nullptr) ::munmap(start_, kBytes);
}

std::string_view Slab::add(std::string_view bytes) {
  char* const to = start_ + used_;
  std::memcpy(to, bytes.data(), bytes.size());
  used_ = std::min(kBytes, (used_ + bytes.size() + kPage - 1) / kPage * kPage);
  return {to, bytes.size()};
}

}  // namespace signalbox::web
