#include "net/learned.h"

#include <string>

namespace signalbox::net {
namespace {

std::chrono::microseconds info(CURL* easy, CURLINFO which) {
  curl_off_t taken = 0;
  curl_easy_getinfo(easy, which, &taken);
  return std::chrono::microseconds(taken);
}

}  // namespace

Duration time_taken(CURL* easy, bool connect_only) {
  const auto taken =
      connect_only ? info(easy, CURLINFO_CONNECT_TIME_T) - info(easy, CURLINFO_NAMELOOKUP_TIME_T)
                   : info(easy, CURLINFO_TOTAL_TIME_T);
  return std::chrono::ceil<Duration>(taken);
}

std::optional<Time> certificate_ends(CURL* easy) {
  constexpr std::string_view kLabel = "Expire Date:";
  curl_certinfo* chain = nullptr;
  const auto asked = curl_easy_getinfo(easy, CURLINFO_CERTINFO, &chain);
  if (asked != CURLE_OK || chain == nullptr || chain->num_of_certs < 1) return std::nullopt;
  for (const curl_slist* field = chain->certinfo[0]; field != nullptr; field = field->next) {
    const std::string_view text(field->data);
    if (text.starts_with(kLabel)) return parse_certificate_end(text.substr(kLabel.size()));
  }
  return std::nullopt;
}

std::optional<Time> parse_certificate_end(std::string_view text) {
  constexpr std::string_view kZone = " GMT";
  if (text.size() != 23 || !text.ends_with(kZone) || text[10] != ' ') return std::nullopt;
  std::string as_iso(text.substr(0, text.size() - kZone.size()));
  as_iso[10] = 'T';
  return parse_iso(as_iso + "Z");
}

}  // namespace signalbox::net
