#include "app/server/descriptors.h"

#include <sys/resource.h>

#include <algorithm>

namespace signalbox::app {

std::size_t raise_descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  rlimit wanted = limit;
  wanted.rlim_cur =
      std::max<rlim_t>(limit.rlim_cur, std::min<rlim_t>(limit.rlim_max, kMostDescriptors));
  if (setrlimit(RLIMIT_NOFILE, &wanted) != 0) wanted = limit;
  return static_cast<std::size_t>(std::min<rlim_t>(wanted.rlim_cur, kMostDescriptors));
}

}  // namespace signalbox::app
