#include "base/result.h"

namespace signalbox {

std::string_view word(Error::Code code) {
  switch (code) {
    case Error::Code::invalid:
      return "invalid";
    case Error::Code::unauthorized:
      return "unauthorized";
    case Error::Code::rate_limited:
      return "rate_limited";
    case Error::Code::unavailable:
      return "unavailable";
    case Error::Code::corrupt:
      return "corrupt";
    case Error::Code::internal:
      return "internal";
  }
  return "internal";
}

}  // namespace signalbox
