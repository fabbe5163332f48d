// One page at a desk: its newest site, and the documents that were served of it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "model/page_part.h"
#include "web/public/replay.h"
#include "web/publisher.h"

namespace signalbox::web {

/// Used by one thread only.
class Room {
 public:
  /// A newer site; `part` is null for the main page. `event` (may be null) led to it. What was said
  /// of the page before it had these services, or this lock, is forgotten.
  void show(SitePtr site, std::shared_ptr<const PagePart> part, const EventPtr& event);

  const SitePtr& site() const { return site_; }
  const PagePart* part() const { return part_.get(); }
  const Replay& replay() const { return replay_; }
  bool is_locked() const { return part_ && part_->lock.kind != PageLock::Kind::open; }

  /// The document at `path` for a reader with that Accept-Language header, as said by somebody who
  /// has heard nothing since `silent`. Null when there is none. Good until the next call.
  const DocumentPtr* document(std::string_view path, std::string_view accept_language,
                              std::optional<Time> silent);
  /// Whether a document, or a better one, can be had in a moment.
  bool pending(std::string_view path, std::string_view accept_language) {
    return !documents_.contains(key(path, language(accept_language))) && site_->pending(path);
  }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  void forget();
  /// The language of the answer: its code; "" for the page's own.
  std::string_view language(std::string_view accept_language);
  /// What documents_ has the document under; good until the next call.
  std::string_view key(std::string_view path, std::string_view language);

  SitePtr site_;
  std::shared_ptr<const PagePart> part_;
  std::optional<Time> silent_;  // as which the documents were made
  DocumentPtr passing_;         // the last that was found while a better one was on its way
  std::unordered_map<std::string, DocumentPtr, Hash, std::equal_to<>> documents_;
  std::size_t bytes_ = 0;  // of documents_
  // By the Accept-Language header: browsers send few different ones.
  std::unordered_map<std::string, std::string_view, Hash, std::equal_to<>> languages_;
  std::string key_;
  Replay replay_;
};

}  // namespace signalbox::web
