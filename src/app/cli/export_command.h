// `signalbox export`: the whole public site as static files, so that it can live where the services
// do not.
#pragma once

#include <string>

namespace signalbox::app {

/// Writes every document into `directory` (made when missing), each whole or not at all: `/` as
/// index.html, a page without an ending as PATH/index.html. Reads the store beside a running
/// server. 0; 1 with one line on stderr; 2 for a bad configuration.
int export_command(const std::string& config, const std::string& directory);

}  // namespace signalbox::app
