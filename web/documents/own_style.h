// The operator's colours and rules as a style of the page.
#pragma once

#include <string>

#include "model/snapshot.h"

namespace signalbox::web {

/// What comes after our own styles; "" when the page looks as it does by itself.
std::string own_style(const PageFacts& page);

}  // namespace signalbox::web
