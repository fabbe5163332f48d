// CSV as RFC 4180 has it, safe to be opened in a spreadsheet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace signalbox::web {

/// One line, ended by CRLF. A cell with a comma, a quote or a line end is quoted; one that a
/// spreadsheet would take for a formula (`=`, `+`, `-`, `@`, tab or CR first) gets `'` before it,
/// numbers excepted.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace signalbox::web
