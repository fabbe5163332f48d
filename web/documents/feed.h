// A feed in each of the three formats, from what it tells.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "web/documents/edition.h"

namespace signalbox::web {

/// A feed has at most so many entries.
inline constexpr std::size_t kMostEntries = 50;

/// One thing a feed tells.
struct FeedEntry {
  std::string tag;  ///< what its id ends in: `Incident/abc`; the same for ever
  std::string title;
  std::string url;  ///< whole
  Time published{};
  Time updated{};
  std::string content;  ///< HTML
};

/// A feed's own facts, and its entries, newest first.
struct Channel {
  std::string title;
  std::string home;  ///< the page it belongs to
  std::string self;  ///< its path, without its ending
  std::string tag;   ///< what its id ends in, after the page's place
  std::vector<FeedEntry> entries;
};

/// RFC 4287.
std::string as_atom(const Edition& edition, const Channel& channel);
/// RSS 2.0.
std::string as_rss(const Edition& edition, const Channel& channel);
/// JSON Feed 1.1, at `self`.
std::string as_json_feed(const Edition& edition, const Channel& channel, const std::string& self);

/// The address of an incident's page.
std::string incident_link(const Edition& edition, const Incident& incident);
/// An incident's newest updates as HTML, at most 30: a feed reader keeps what it has read, an entry
/// need not repeat an endless incident.
std::string updates_html(const Edition& edition, const Incident& incident);

}  // namespace signalbox::web
