// What the page of a service shows of its past: figures by window, charts, and the same as tables.
#pragma once

#include "web/documents/pages.h"
#include "web/documents/view.h"

namespace signalbox::web {

/// 90 days in steps of one, from what the snapshot holds.
charts::Series known_days(const Edition& edition, const ServiceView& service);
/// For service_charts.mustache. False when nothing measures the service and nothing did.
View charts_view(const Edition& edition, const ServiceView& service, const Past& past);

}  // namespace signalbox::web
