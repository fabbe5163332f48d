// Which boxes stand on the wall: few enough to be read from five metres.
#pragma once

#include <vector>

#include "model/snapshot.h"

namespace signalbox::web {

/// Services of one state that have no box of their own.
struct CountedBox {
  State state = State::up;
  std::size_t count = 0;
  bool more = false;  ///< others in that state have boxes of their own
};

/// The columns and rows a block of boxes stands in; the boxes of its last row share all of it.
struct Grid {
  std::size_t columns = 1;
  std::size_t rows = 1;
};

/// The boxes of a wall, from the top. Points into the snapshot.
struct WallBoxes {
  std::vector<const ServiceView*> large;  ///< one row of those in trouble, twice as high
  std::vector<const ServiceView*> plain;  ///< worst first, else in the configuration's order
  std::vector<CountedBox> counted;        ///< worst first
};

/// Each service has a box where all fit; else those that are not UP do, the worst first, and what
/// is left is counted, a box a state.
WallBoxes wall_boxes(const Snapshot& snapshot);

/// On a wide screen boxes are about twice as wide as high.
Grid wide_grid(std::size_t boxes);
/// On a screen that stands upright.
Grid upright_grid(std::size_t boxes);

}  // namespace signalbox::web
