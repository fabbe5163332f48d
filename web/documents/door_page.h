// What a page that a password opens shows to everybody else.
#pragma once

#include <string>

#include "web/documents/language.h"

namespace signalbox::web {

/// The same whatever the page, and whatever is at the address; the form goes there. `wrong`: the
/// password was; `too_often`: one may not be tried now.
std::string door_page(const Language& language, bool wrong, bool too_often);
/// Its headers, beside those of every small answer.
std::string door_rules();

}  // namespace signalbox::web
