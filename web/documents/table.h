// Which document is at which path: the fixed ones, and those that every service has.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "web/documents/kind.h"
#include "web/documents/pages.h"

namespace signalbox::web {

/// A document at a fixed path.
struct FixedDocument {
  std::string_view path;
  Kind kind;
  std::string (*make)(const Edition&);
};

/// A document that every service has, at `before` + its id + `after`.
struct ServiceDocument {
  std::string_view before, after;
  Kind kind;
  std::string (*make)(const Edition&, const ServiceView&);
};

std::span<const FixedDocument> fixed_documents();
/// But for the service's page, which also asks the archive.
std::span<const ServiceDocument> service_documents();

/// Whether what is at `path` is for people, in a language; `path` forces none.
bool is_page(std::string_view path);
std::string path_of(const ServiceDocument& entry, std::string_view id);
/// The id in `path`; "" when it is no path of `entry`.
std::string_view id_in(const ServiceDocument& entry, std::string_view path);

}  // namespace signalbox::web
