// `signalbox hash-password`: the form in which a private page's password stands in a file.
#pragma once

#include <istream>
#include <ostream>

namespace signalbox::app {

/// Reads the password from `in`, one line, and prints its argon2id hash. `asks`: a person types it
/// at a terminal, is asked for it, and it is not echoed. 2 when it is too short or too long.
int hash_password_command(std::istream& in, bool asks, std::ostream& out, std::ostream& err);

}  // namespace signalbox::app
