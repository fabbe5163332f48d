// A month of a service as a person reads it in a terminal.
#pragma once

#include <string>

#include "model/snapshot.h"
#include "web/documents/month_report.h"

namespace signalbox::app {

/// Some lines, ended by an empty one. Nothing in it can forge a line.
std::string report_text(const Snapshot& snapshot, const web::ServiceMonth& month);

}  // namespace signalbox::app
