// What the page of a service draws of what scripts push: each metric's day and week, and the same
// as tables.
#pragma once

#include "web/documents/pages.h"
#include "web/documents/view.h"

namespace signalbox::web {

/// For service_metrics.mustache. False when there is nothing to draw, or no archive to ask.
View metrics_view(const Edition& edition, const ServiceView& service, const Past& past);

}  // namespace signalbox::web
