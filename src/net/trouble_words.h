// What went wrong with a transfer, in words for everybody: they stand in announcements.
#pragma once

#include <curl/curl.h>

#include <string_view>

namespace signalbox::net {

/// libcurl's own words only for what no page, check or account meets.
std::string_view plain_words(CURLcode code);

}  // namespace signalbox::net
