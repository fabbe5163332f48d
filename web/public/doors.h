// Who is let in to a page, and what the others are answered.
#pragma once

#include <cstdint>
#include <string>

#include "web/public/house.h"
#include "web/public/request.h"

namespace signalbox::web {

/// What becomes of one who asks for something of a page.
enum class Entry : std::uint8_t {
  in,
  by_link,  ///< the address has the right token in it: gets a pass, and the address without it
  form,     ///< is asked for the password, whatever is at that address
  hidden,   ///< is told what is told where there is no page at all
};

Entry entry(const Request& request, const Room& room, Time now);

/// The Set-Cookie line that gives a pass for the page at `place`, kept from scripts, from other
/// sites' requests, and from the addresses above the page. `main_url`: the main page's.
std::string pass_line(const Place& place, std::string_view main_url, Time now);
/// Where the reader is sent who came with a token: the same address without it, relative.
std::string without_token(const Request& request);
/// The lines of an answer that sends the reader to `where`.
std::string moved_to(std::string_view where);
/// `password` of a form's body, decoded; "" when it is not there.
std::string password_in(std::string_view body);

/// What answers below a private page carry beside what every answer does.
inline constexpr std::string_view kUnlisted = "X-Robots-Tag: noindex\r\n";

}  // namespace signalbox::web
