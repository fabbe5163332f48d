// The words documents use: for people, for Statuspage's readers, and the sentence at the top.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/snapshot.h"

namespace signalbox::web {

/// Text from outside made fit to be shown: valid UTF-8 without control characters or bidirectional
/// overrides, and without what XML forbids. Escaping is the sink's business.
std::string shown(std::string_view text);
/// `url` when it is one http(s) link to a host that can be, without a password; what may not stand
/// in its path, query or fragment (RFC 3986) is percent-encoded. Else "".
std::string safe_link(std::string_view url);

/// The host in the page's URL, for ids that never change; "localhost" when there is none.
std::string host(const PageFacts& page);
/// Where a page beside the main one stands at that host, for ids that are to differ from the main
/// page's: "/pages/eu"; "" for the main page, and at a host of its own.
std::string place(const PageFacts& page);

/// "up", "issue", …: the class a style goes by.
std::string css_class(State state);
/// "Investigating", "Identified", ….
std::string title(Phase phase);
/// The phase shown for an incident: "Resolved" once it is, "Post-mortem" with one.
std::string phase_title(const Incident& incident);

/// `99.987%`: cut, never rounded, to three decimals; exactly all is `100.00%`.
std::string share(double good, double total);
/// `2026-11-21 04:12 CET`.
std::string when(const PageFacts& page, Time t);

/// Statuspage's words (design, section 8).
std::string_view component_status(State state);
std::string_view incident_status(Phase phase);
std::string indicator(const Snapshot& snapshot);
std::string_view description(std::string_view indicator);
/// minor, major, or critical when every service of the page was down in it.
std::string impact(const Snapshot& snapshot, const Incident& incident);

/// A state's colour as six hexadecimal digits, dark enough on white.
std::string_view colour(State state);
/// The one sentence that tells the truth: "API is down; JS has issues."
std::string headline(const Snapshot& snapshot);
/// A service by id; null when it is not on the page any more.
const ServiceView* service(const Snapshot& snapshot, std::string_view id);
/// What the service of that id is called; its id when it is not on the page any more.
std::string name_of(const Snapshot& snapshot, const std::string& id);
/// When what a reader sees last changed.
Time changed_at(const Snapshot& snapshot);
/// Whether `maintenance` is planned, running or over at the snapshot's time.
enum class Stage { upcoming, running, over };
Stage stage(const Maintenance& maintenance, Time now);
/// When it was to end: as planned, or two hours from its start when nobody said.
Time planned_end(const Maintenance& maintenance);
/// When it ends: as planned, early, or two hours from its start when nobody said.
Time end_of(const Maintenance& maintenance);

}  // namespace signalbox::web
