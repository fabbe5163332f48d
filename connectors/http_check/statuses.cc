#include "connectors/http_check/statuses.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace signalbox::connectors::http_check {
namespace {

std::optional<int> status_from(std::string_view text) {
  int status = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), status);
  const bool whole = wrong == std::errc() && end == text.data() + text.size();
  if (!whole || status < 100 || status > 599) return std::nullopt;
  return status;
}

}  // namespace

std::optional<StatusRange> parse_statuses(std::string_view text) {
  if (text.size() == 3 && equal_ignoring_case(text.substr(1), "xx")) {
    if (text[0] < '1' || text[0] > '5') return std::nullopt;
    const int least = (text[0] - '0') * 100;
    return StatusRange{least, least + 99};
  }
  const std::size_t dash = text.find('-');
  const auto least = status_from(trim(text.substr(0, dash)));
  const auto most =
      dash == std::string_view::npos ? least : status_from(trim(text.substr(dash + 1)));
  if (!least || !most || *most < *least) return std::nullopt;
  return StatusRange{*least, *most};
}

std::vector<StatusRange> expected_statuses(const Settings& settings) {
  const Setting* named = settings.find("expect.status");
  if (named == nullptr) return {{200, 399}};
  auto words = named->list;
  if (words.empty()) words.push_back(named->value);
  std::vector<StatusRange> all;
  for (const std::string& word : words) {
    const auto range = parse_statuses(word);
    if (range) {
      all.push_back(*range);
    } else {
      settings.refuse("expect.status",
                      "must be a status from 100 to 599, a range such as 200-299 or 2xx, or a list "
                      "of them");
    }
  }
  return all;
}

bool holds(const std::vector<StatusRange>& ranges, int status) {
  return std::ranges::any_of(
      ranges, [&](const StatusRange& r) { return status >= r.least && status <= r.most; });
}

}  // namespace signalbox::connectors::http_check
