// What every public address answers, and the control plane's, for programs that read OpenAPI 3.1.
#include "web/documents/embedded.h"
#include "web/documents/pages.h"

namespace signalbox::web {

/// The same for every page: its addresses are below the server it was read from.
std::string openapi_json(const Edition&) { return embedded("openapi.json"); }

}  // namespace signalbox::web
