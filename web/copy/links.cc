#include "web/copy/links.h"

#include <algorithm>
#include <array>

#include "web/copy/names.h"

namespace signalbox::web::copy {
namespace {

/// Text in a page is escaped: these stand nowhere but in a tag of ours.
constexpr std::array<std::string_view, 2> kBefore = {" href=\"", " src=\""};

/// Where the value of the next link at or after `from` begins; npos when there is none.
std::size_t next_value(std::string_view html, std::size_t from) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view before : kBefore) {
    const std::size_t found = html.find(before, from);
    if (found != std::string_view::npos) first = std::min(first, found + before.size());
  }
  return first;
}

/// Whether it leads within the site.
bool leads_inside(std::string_view link) {
  if (link.empty() || link.starts_with('#') || link.starts_with("//")) return false;
  return link.substr(0, link.find_first_of("/?#")).find(':') == std::string_view::npos;
}

std::string for_file(std::string_view link, std::string_view path, std::string_view home,
                     const Known& known) {
  if (!leads_inside(link)) return std::string(link);
  const std::size_t end = std::min(link.find_first_of("?#"), link.size());
  const std::string_view rest = link.substr(end);
  const std::string to = resolved(path, link.substr(0, end));
  if (known(to)) return way(file_name(path), file_name(to)) + std::string(rest);
  return home.empty() ? std::string(link) : std::string(home) + to + std::string(rest);
}

}  // namespace

std::string with_file_links(std::string_view html, std::string_view path, std::string_view home,
                            const Known& known) {
  std::string made;
  made.reserve(html.size() + html.size() / 16);
  std::size_t done = 0;
  for (std::size_t at = next_value(html, 0); at != std::string_view::npos;
       at = next_value(html, done)) {
    const std::size_t end = std::min(html.find('"', at), html.size());
    made += html.substr(done, at - done);
    made += for_file(html.substr(at, end - at), path, home, known);
    done = end;
  }
  made += html.substr(done);
  return made;
}

std::string without_scripts(std::string_view html) {
  constexpr std::string_view kEnd = "</script>";
  constexpr std::string_view kKept = "-page.js\"";
  std::string made;
  std::size_t done = 0;
  for (std::size_t at = html.find("<script"); at != std::string_view::npos;
       at = html.find("<script", done)) {
    made += html.substr(done, at - done);
    const std::size_t end = html.find(kEnd, at);
    if (end == std::string_view::npos) return made;
    done = end + kEnd.size();
    if (done < html.size() && html[done] == '\n') ++done;
    const std::string_view script = html.substr(at, done - at);
    const std::size_t source = script.substr(0, script.find('>')).find(kKept);
    if (source == std::string_view::npos) continue;
    made.append(script.substr(0, source + kKept.size())).append(" data-copy></script>\n");
  }
  made += html.substr(done);
  return made;
}

}  // namespace signalbox::web::copy
