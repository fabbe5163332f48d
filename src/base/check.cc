#include "base/check.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace signalbox {

void broken_promise(std::string_view what, const std::source_location& where) {
  std::fprintf(stderr, "signalbox: broken promise: %s (%s:%u)\n", std::string(what).c_str(),
               where.file_name(), where.line());
  std::abort();
}

}  // namespace signalbox
