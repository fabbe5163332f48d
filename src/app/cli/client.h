// The command line's way to the running server: by run.json and control.token of its state
// directory.
#pragma once

#include <string>

#include "base/result.h"
#include "config/config.h"

namespace signalbox::app {

/// What the server answered.
struct CallAnswer {
  int status = 0;
  std::string body;
};

/// Asks the control plane. Unavailable, with the remedy, when no server runs or it does not answer
/// within 5 s.
Result<CallAnswer> call_control(const config::Config& config, const std::string& method,
                                const std::string& path, const std::string& body = {});
/// `text` as one segment of a URL's path.
std::string path_segment(const std::string& text);

}  // namespace signalbox::app
