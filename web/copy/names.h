// Which file of a copy holds which document.
#pragma once

#include <string>
#include <string_view>

namespace signalbox::web::copy {

/// A path as the page that it is of has it: `/history` of `/pages/eu/history`.
std::string_view on_its_page(std::string_view path);

/// Whether the document at `path` is a page (HTML).
bool is_page(std::string_view path);

/// `/` is `index.html`, `/history` is `history.html`, `/de/` is `de/index.html`; what is no page
/// keeps its path. So a page may have others below it (`/history/2026-11`), and is at the same
/// depth as its address: relative links hold for both.
std::string file_name(std::string_view path);

/// In which order files are written: a lower rank before a higher. Assets, what else is no page,
/// pages of one thing, lists of them, and the first page at last.
int rank(std::string_view path);
inline constexpr int kOfOne = 2;  ///< the rank of pages of one service or incident

/// `path` seen from the page at `from` (both beginning with `/`): `./`, `../`, `.` and `..` within
/// it resolved, nothing above the root.
std::string resolved(std::string_view from, std::string_view link);

/// The way from file `from` to file `to`: `../services/API.html`.
std::string way(std::string_view from, std::string_view to);

}  // namespace signalbox::web::copy
