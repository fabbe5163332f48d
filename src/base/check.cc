#include "base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace signalbox {

void broken_promise(std::string_view what, const char* file, int line) {
  std::fprintf(stderr, "signalbox: broken promise: %s (%s:%d)\n", std::string(what).c_str(), file,
               line);
  std::abort();
}

}  // namespace signalbox
