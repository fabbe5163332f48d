// A site as static files: what `signalbox export` and mirrors keep, to be read from a web server, a
// bucket or a folder when we are gone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/publisher.h"

namespace signalbox::web {

/// One file of a copy.
struct CopiedFile {
  std::string name;  ///< `history.html`, `api/board.json`
  std::string content_type;
  std::string cache_control;
  std::string body;
};

/// All documents of a site as files, and below `pages/` those of the pages beside it that are open
/// to everybody. Pages keep their security policy (in a <meta>, as a file has no headers), run a
/// small script of their own instead of those that need the server, lead to each other by relative
/// links to files, and say as of when they are. One thread.
///
/// *Staleness.* `as_of.js` (and `as_of.json`) says as of when all of the copy is. It is written
/// with each change, and at least every `every`. The script shows "not updated since" once that is
/// older than patience(); without script, each page says when it was written.
class SiteCopy {
 public:
  /// `every`: how often a copy is written at least; zero: this one time.
  SiteCopy(SitePtr site, Duration every);

  const SitePtr& site() const { return site_; }
  /// All but the as_of files, what others refer to before what refers to it.
  const std::vector<std::string>& names() const { return names_; }
  /// Not yet dated; none when there is no such document. An incident that the site's archive alone
  /// has is found, though not among names(), once the archive has been asked.
  std::optional<CopiedFile> find(const std::string& name) const;
  /// find() may give it, or a better one, in a moment: the archive is being asked. Asks it.
  bool pending(const std::string& name) const;
  /// A page that says when it was written: as of the site's snapshot. Other files as they are.
  CopiedFile dated(CopiedFile file) const;
  /// `as_of.js` and `as_of.json`.
  std::vector<CopiedFile> as_of_files() const;
  /// How old a copy may be before it is called so: two minutes more than `every`; a minute for the
  /// core's own silence, one for the way.
  Duration patience() const { return every_ + std::chrono::minutes(2); }

 private:
  /// A document: of which page's site, under which path there, and at which address of the copy.
  struct Place {
    SitePtr site;
    std::string path;
    std::string address;
  };
  /// One that is copied, and the address it is below: "" of the main one.
  struct Page {
    std::string above;
    SitePtr site;
  };
  void add(std::vector<std::string>& paths, const Page& page);
  const Page& page_at(std::string_view address) const;
  std::pair<std::string_view, std::string_view> in_any_language(std::string_view address) const;
  std::optional<Place> place_of(const std::string& name) const;
  std::string page(const Document& document, const std::string& path) const;

  SitePtr site_;
  Duration every_;
  std::vector<Page> pages_;  // the main one last
  std::vector<std::string> names_;
  std::map<std::string, Place> documents_;  // by name
  std::set<std::string> known_;             // addresses
};

}  // namespace signalbox::web
