#include "web/quality.h"

#include "base/text.h"

namespace signalbox::web {
namespace {

int quality_in(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return 1000;
  std::string_view text = trim(parameters.substr(at + 2));
  if (text.empty() || (text[0] != '0' && text[0] != '1')) return 0;
  int value = (text[0] - '0') * 1000;
  int place = 100;
  for (std::size_t i = 2; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    value += (text[i] - '0') * place;
    place /= 10;
  }
  return value > 1000 ? 1000 : value;
}

}  // namespace

Wish next_wish(std::string_view& list) {
  const auto comma = list.find(',');
  const std::string_view item = list.substr(0, comma);
  list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  const auto semicolon = item.find(';');
  if (semicolon == std::string_view::npos) return {trim(item)};
  return {trim(item.substr(0, semicolon)), quality_in(item.substr(semicolon))};
}

}  // namespace signalbox::web
