// What a template is filled with, and the filling. The one place that knows the template library.
#pragma once

#include <kainjow/mustache.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/charts/svg.h"
#include "web/documents/edition.h"

namespace signalbox::web {

/// An object, list, text or flag that a template reads. Keys a template asks for are always set: an
/// absent key would be looked up in the surrounding object.
using View = kainjow::mustache::data;
using ViewList = kainjow::mustache::list;

/// `text` made fit to be shown, or false (the section is left out) when there is none.
View optional_text(std::string_view text);
View text_view(std::string_view text);
/// `list` as a value, moved: `View(list)` would copy all that is in it.
View list_view(ViewList list);
/// Text of ours, fit to be shown as it is, or false when there is none.
View plain_text(const std::string& text);
/// `text` in runs of plain text and http(s) links, for text.mustache.
View parts(std::string_view text);
/// A drawing, for the key `svg`: the one that templates take as it is (`{{&svg}}`).
View svg_view(const charts::Svg& svg);
/// Fills the template of that file name, whose `{{t.KEY}}` are the language's messages. Every value
/// but drawings and the operator's style (`{{&style}}`) is escaped for HTML and XML; messages are
/// ours, and markup. Thread-safe.
std::string filled(std::string_view template_name, const View& view,
                   const Language& language = english());
/// `'sha256-…'` of a style's text, as the Content-Security-Policy allows it inside a page; and of
/// a file in web/assets.
std::string hash_of_style(std::string_view style);
std::string style_hash(std::string_view name);

/// Pieces several documents share.
/// The services of these ids by their names, in a row; false for none.
View names_view(const Edition& edition, const std::vector<std::string>& ids);
/// How long it was open, in words; false while it is.
View lasted_view(const Edition& edition, const Incident& incident);
/// The services it touches with the state each has in it, in the configuration's order; those that
/// are no more stand last.
std::vector<std::pair<std::string, State>> touched_services(const Edition& edition,
                                                            const Incident& incident);
View update_view(const Edition& edition, const Update& update);
/// With at most `most` updates, newest first.
View incident_view(const Edition& edition, const Incident& incident, std::size_t most);
View maintenance_view(const Edition& edition, const Maintenance& maintenance);
View service_view(const Edition& edition, const ServiceView& service);
/// The strip of the service's 90 days; false when nothing is known of them.
View strip_view(const Edition& edition, const ServiceView& service);
/// The document in each language that is offered; false when there is but one.
View languages_view(const Edition& edition);
/// What every page has: page's name, colour, zone, footer; and the "not updated since" banner.
View frame(const Edition& edition);
/// The frame of leaf.mustache with all its sections off.
View leaf(const Edition& edition, std::string_view page_title);
/// One day (`2026-11-21`, on the page's clock) with what was opened on it; quiet without any.
View day_view(const Edition& edition, const std::string& date,
              const std::vector<const Incident*>& incidents, std::size_t most_updates);
/// `incidents` by the day they were opened, in the page's zone; with `quiet_days`, that many days
/// back from the snapshot's, also those without any.
View days_view(const Edition& edition, const std::vector<const Incident*>& incidents,
               int quiet_days, std::size_t most_updates);

}  // namespace signalbox::web
