#include "web/copy/site_copy.h"

#include <algorithm>
#include <utility>

#include "model/page_part.h"
#include "web/copy/links.h"
#include "web/copy/names.h"
#include "web/copy/policy.h"
#include "web/documents/address.h"
#include "web/documents/json.h"
#include "web/documents/times.h"
#include "web/documents/view.h"
#include "web/documents/words.h"

namespace signalbox::web {
namespace {

constexpr std::string_view kBodyBegins = "<body";
constexpr std::string_view kIncidentPages = "/incidents/";

bool is_html_file(const CopiedFile& file) { return file.content_type.starts_with("text/html"); }

std::string whole_seconds(Duration length) {
  return std::to_string(std::chrono::floor<std::chrono::seconds>(length).count());
}

/// The page's own: `<html lang="de">`.
const Language& copy_language(std::string_view html) {
  constexpr std::string_view kBefore = "<html lang=\"";
  const std::size_t at = html.find(kBefore);
  if (at == std::string_view::npos) return english();
  const std::size_t start = at + kBefore.size();
  const Language* found = language(html.substr(start, html.find('"', start) - start));
  return found == nullptr ? english() : *found;
}

/// Whether it is a whole page's own `file`, in any language, and no page of a service of that name.
bool is_the(std::string_view file, std::string_view name) {
  const std::size_t folder = name.rfind('/') + 1;  // 0 when there is none
  return name.substr(folder) == file && copy::rank("/" + std::string(name)) != copy::kOfOne;
}

/// `text` put in behind the first place where `html` has `before`, and up to `end` after it.
std::string put_behind(std::string html, std::string_view before, std::string_view end,
                       const std::string& text) {
  const std::size_t at = html.find(before);
  if (at == std::string::npos) return html;
  const std::size_t behind = html.find(end, at);
  return behind == std::string::npos ? html : html.insert(behind + end.size(), text);
}

}  // namespace

SiteCopy::SiteCopy(SitePtr site, Duration every) : site_(std::move(site)), every_(every) {
  std::vector<std::string> paths;
  for (const PageSite& page : site_->pages()) {
    if (page.part->lock.kind != PageLock::Kind::open) continue;  // a file opens to everybody
    pages_.push_back({"/pages/" + page.part->slug, page.site});
  }
  pages_.push_back({"", site_});
  for (const Page& page : pages_) add(paths, page);
  std::ranges::stable_sort(paths, {}, copy::rank);
  for (const std::string& path : paths) names_.push_back(copy::file_name(path));
}

void SiteCopy::add(std::vector<std::string>& paths, const Page& page) {
  for (const std::string& path : page.site->paths()) {
    // No file can be shown at any depth: neither its links nor its "as of" would be found.
    if (address_of(path).rest == kNotFound) continue;
    paths.push_back(page.above + path);
    known_.insert(paths.back());
    documents_[copy::file_name(paths.back())] = {page.site, path, paths.back()};
  }
}

std::string SiteCopy::page(const Document& document, const std::string& path) const {
  // An incident that has left the list is kept in all languages, or in none.
  const auto known = [&](const std::string& to) {
    return known_.contains(to) || in_any_language(to) == in_any_language(path);
  };
  std::string html = copy::without_scripts(document.body());
  html = copy::with_file_links(html, path, site_->snapshot()->page.url, known);
  const std::string head = "\n<meta http-equiv=\"Content-Security-Policy\" content=\"" +
                           copy::policy_of(document) + "\">";
  html = put_behind(std::move(html), "<meta charset", ">", head);
  const std::size_t end = html.find("</head>");
  return end == std::string::npos ? html : html.insert(end, filled("copy_style.mustache", View()));
}

std::optional<SiteCopy::Place> SiteCopy::place_of(const std::string& name) const {
  const auto listed = documents_.find(name);
  if (listed != documents_.end()) return listed->second;
  constexpr std::string_view kEnding = ".html";
  if (!name.ends_with(kEnding)) return std::nullopt;
  const std::string address = "/" + name.substr(0, name.size() - kEnding.size());
  const auto& [above, site] = page_at(address);
  std::string path = address.substr(above.size());
  if (!address_of(path).rest.starts_with(kIncidentPages)) return std::nullopt;
  return Place{site, std::move(path), address};
}

/// Two addresses that differ in their language alone give the same.
std::pair<std::string_view, std::string_view> SiteCopy::in_any_language(
    std::string_view address) const {
  const std::string_view above = page_at(address).above;
  return {above, address_of(address.substr(above.size())).rest};
}

/// The page that an address of the copy is of: the main one, unless it is below another's.
const SiteCopy::Page& SiteCopy::page_at(std::string_view address) const {
  const auto found = std::ranges::find_if(
      pages_, [address](const Page& page) { return address.starts_with(page.above + "/"); });
  return *found;  // everything is below the main page, the last one
}

bool SiteCopy::pending(const std::string& name) const {
  const auto place = place_of(name);
  return place && place->site->pending(place->path);
}

std::optional<CopiedFile> SiteCopy::find(const std::string& name) const {
  const auto place = place_of(name);
  if (!place) return std::nullopt;
  const DocumentPtr document = place->site->make_once(place->path);
  if (document == nullptr) return std::nullopt;
  CopiedFile file{name, document->content_type(), copy::header_of(*document, "Cache-Control"), {}};
  file.body = is_html_file(file) ? page(*document, place->address) : document->body();
  return file;
}

CopiedFile SiteCopy::dated(CopiedFile file) const {
  if (!is_html_file(file)) return file;
  const Language& speech = copy_language(file.body);
  const Snapshot& snapshot = *site_->snapshot();
  View view;
  // The wall and the frame say as of when they are themselves, and have no room for more.
  view["spoken"] = View(!is_the("wall.html", file.name) && !is_the("embed.html", file.name));
  view["first"] = View(is_the("index.html", file.name));
  view["iso"] = View(iso_seconds(snapshot.as_of));
  view["when"] = View(when({snapshot, {}, speech}, snapshot.as_of));
  view["rhythm"] = every_ > Duration{} ? View(exact_length(speech, every_)) : View(false);
  view["as_of_js"] = View(copy::way(file.name, "as_of.js"));
  view["patience"] = View(whole_seconds(patience()));
  file.body = put_behind(std::move(file.body), kBodyBegins, ">",
                         "\n" + filled("copy.mustache", view, speech));
  return file;
}

std::vector<CopiedFile> SiteCopy::as_of_files() const {
  const Snapshot& snapshot = *site_->snapshot();
  const Json said = {{"as_of", iso(snapshot.as_of)},
                     {"changed", iso(snapshot.updated_at)},
                     {"stale_after", patience() / std::chrono::seconds(1)}};
  constexpr const char* kNow = "no-cache";
  return {{"as_of.js", "text/javascript; charset=utf-8", kNow,
           "if (window.signalbox_as_of) signalbox_as_of(" + dumped(said) + ");\n"},
          {"as_of.json", "application/json; charset=utf-8", kNow, dumped(said)}};
}

}  // namespace signalbox::web
