// All pages at a desk, and which of them an address means.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "web/public/replay.h"
#include "web/public/request.h"
#include "web/public/room.h"

namespace signalbox::web {

/// A page and the path below it, which begins with `/`.
struct Place {
  Room* room = nullptr;
  std::string_view path;     ///< good as long as the request is
  bool at_own_host = false;  ///< else a page beside the main one is below `/pages/SLUG/`
  bool lacks_slash = false;  ///< `/pages/SLUG`: whether or not there is such a page
};

/// What led to a site, as live streams are told it: those of the main page, and of each page by its
/// slug.
struct Events {
  EventPtr main;  ///< null: nothing
  std::map<std::string, EventPtr, std::less<>> pages;

  EventPtr of(std::string_view page) const;
};
using EventsPtr = std::shared_ptr<const Events>;

/// Used by one thread only.
class House {
 public:
  void show(const SitePtr& site, const Events& events);
  bool empty() const { return main_.site() == nullptr; }
  Room& main_room() { return main_; }
  const SitePtr& main() const { return main_.site(); }
  /// Which page `request` is for. A page's own host has that page alone; any other host has the
  /// main page, and those beside it by their slugs. No room: there is no such page.
  Place place(const Request& request);
  /// The page with that slug, "" the main one; null when there is none.
  const Room* room(std::string_view slug) const;

 private:
  Place below(std::string_view path);

  Room main_;
  std::map<std::string, Room, std::less<>> rooms_;       // by slug
  std::map<std::string, Room*, std::less<>> own_hosts_;  // into rooms_
};

}  // namespace signalbox::web
