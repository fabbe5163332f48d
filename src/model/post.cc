#include "model/post.h"

namespace signalbox {

std::string_view word(Origin origin) {
  switch (origin) {
    case Origin::own:
      return "own";
    case Origin::boost:
      return "boost";
    case Origin::quote:
      return "quote";
    case Origin::forwarded:
      return "forwarded";
    case Origin::hidden:
      return "hidden";
    case Origin::bot:
      return "bot";
  }
  return "";
}

}  // namespace signalbox
