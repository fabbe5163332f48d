// `signalbox check-config FILE`: every mistake of a configuration, with its place.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "config/config.h"

namespace signalbox::app {

/// 0 and one line on `out`, or 2 and each mistake as `FILE:LINE:COL: what` on `err`.
int check_config(const std::string& path, std::ostream& out, std::ostream& err);
/// The mistakes, one a line.
void tell(const std::vector<config::Misfit>& misfits, std::ostream& err);

}  // namespace signalbox::app
