// Memory that sockets may take bytes from by reference.
#pragma once

#include <cstddef>
#include <string_view>

namespace signalbox::web {

/// One huge page where the system has them (else as many small ones): what lies in one piece costs
/// the kernel least to send. Bytes in it never change, and it is given back whole, so that pages
/// still on their way to a reader are nobody else's until they have arrived. Written by one thread.
class Slab {
 public:
  static constexpr std::size_t kBytes = std::size_t{2} * 1024 * 1024;

  /// Where the memory cannot be had, nothing fits.
  Slab();
  ~Slab();
  Slab(const Slab&) = delete;
  Slab& operator=(const Slab&) = delete;

  bool fits(std::size_t bytes) const;
  /// A copy of `bytes`, which fit, as long-lived as the slab.
  std::string_view add(std::string_view bytes);

 private:
  char* start_ = nullptr;
  std::size_t used_ = 0;
};

}  // namespace signalbox::web
