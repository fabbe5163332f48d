#include "app/server/archive.h"

#include "base/log.h"
#include "model/book.h"
#include "store/open.h"

namespace signalbox::app {

namespace {

std::optional<Incident> none(const Error& why) {
  log::warning("an older incident cannot be looked up: " + why.what);
  return std::nullopt;
}

}  // namespace

std::optional<Incident> PageArchive::incident(std::string_view id) {
  if (archive_ == nullptr) {
    auto opened = store::open_archive(store_url_);
    if (!opened) return none(opened.error());
    archive_ = std::move(*opened);
  }
  const auto payload = archive_->incident(id);
  if (!payload) return none(payload.error());
  if (!*payload) return std::nullopt;
  auto kept = decode_incident(**payload);
  if (!kept) return none(kept.error());
  return std::move(*kept);
}

std::optional<std::vector<Rollup>> PageArchive::rollups(const web::Stretch& /*stretch*/) {
  return std::nullopt;
}

}  // namespace signalbox::app
