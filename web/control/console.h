// The console: one plain page for staff, without script.
#pragma once

#include <string>
#include <string_view>

#include "web/control/server.h"

namespace signalbox::web {

/// The page that asks for the token; `trouble` is shown above the form.
std::string login_page(std::string_view trouble);
/// The console as it stands. Asks `control` for audit, outbox and held reports.
std::string console_page(Control& control, std::string_view said);
/// The Content-Security-Policy of both.
std::string console_policy();

}  // namespace signalbox::web
