// Addresses and forms: text made safe to stand in a query or form body, and read back out of one.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::net {

/// Names and values in order; a name may come twice.
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// RFC 3986: everything but letters, digits and `-._~` as %XX. A space is %20, never `+`, which
/// OAuth signs wrongly.
std::string percent_encode(std::string_view text);
/// The reverse; `+` is a space, a broken %XX stands for itself.
std::string percent_decode(std::string_view text);
/// `a=1&b=2`, encoded: a query or a form body.
std::string form(const Parameters& parameters);
/// `url` with the parameters as its query (or after the query it has).
std::string with_query(std::string url, const Parameters& parameters);
/// A form body or query (without `?`) taken apart.
Parameters parse_form(std::string_view text);
/// The value of the first parameter of that name, or "".
std::string value_of(const Parameters& parameters, std::string_view name);

/// `/path` of a URL, without query and fragment; "/" when it has none.
std::string path_of(std::string_view url);
/// The query of a URL without `?`, or "".
std::string query_of(std::string_view url);
/// The URL without user, query and fragment: what a log may show.
std::string bare(std::string_view url);

}  // namespace signalbox::net
