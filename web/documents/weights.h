// How many bytes what is kept takes, near enough to bound a cache by.
#pragma once

#include <cstddef>

#include "model/incident.h"
#include "web/documents/histories.h"

namespace signalbox::web {

/// With all its words, and what it takes to keep it at all.
std::size_t bytes_of(const Incident& incident);
std::size_t bytes_of(const History& history);
/// Of a document with its compressed forms, made or not.
std::size_t bytes_of(const Document& document);

}  // namespace signalbox::web
