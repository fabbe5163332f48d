// The inverse of parse: a report as the line somebody would post. Announcements are written with
// it.
#pragma once

#include <string>
#include <vector>

#include "grammar/lexicon.h"
#include "model/report.h"

namespace signalbox::grammar {

/// `parse(write(r, lexicon), lexicon, now)` gives `r` back for every report whose head fits.
/// Windows are written with dates and offsets, so that the line means the same at any time.
std::string write(const Report& report, const Lexicon& lexicon);

}  // namespace signalbox::grammar
