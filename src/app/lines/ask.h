// How a conversation on the net thread hands something to the core and waits until it is durable.
#pragma once

#include <functional>

#include "app/core/loop.h"
#include "connectors/connector.h"

namespace signalbox::app {

/// Posts `what` to the core; resumes on the caller's executor with what `done` was called with.
/// Unavailable when the core's queue is full.
connectors::Task<Status> ask(CoreLoop& loop, std::function<void(Core&, Done)> what);

}  // namespace signalbox::app
