#include "web/documents/csv.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace signalbox::web {
namespace {

bool is_number(std::string_view cell) {
  double number = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  return error == std::errc() && end == cell.data() + cell.size();
}

bool is_formula(std::string_view cell) {
  return !cell.empty() && std::string_view("=+-@\t\r").find(cell[0]) != std::string_view::npos &&
         !is_number(cell);
}

std::string safe(std::string_view cell) {
  std::string text = is_formula(cell) ? "'" : "";
  text += cell;
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  return '"' + replace_all(std::move(text), "\"", "\"\"") + '"';
}

}  // namespace

std::string csv_line(const std::vector<std::string>& cells) {
  std::vector<std::string> texts(cells.size());
  std::ranges::transform(cells, texts.begin(), safe);
  return join(texts, ",") + "\r\n";
}

}  // namespace signalbox::web
