// Answers requests from the newest site: one desk a web thread, so that nothing is locked on the
// way.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "web/public/common.h"
#include "web/public/replay.h"
#include "web/public/request.h"

namespace signalbox::web {

/// What goes on the wire: head, then the closing lines of the head, then body. Views hold as long
/// as `document` or the own strings do.
struct Answer {
  std::string_view head;
  std::string_view body;
  DocumentPtr document;
  std::string own_head, own_body;
  bool stream = false;  ///< the connection becomes a live stream
};

/// Used by one thread only.
class Desk {
 public:
  /// `common` outlives it.
  explicit Desk(Common& common) : common_(common) {}

  /// `event`: what led to it; null when nobody need be told.
  void show(SitePtr site, const EventPtr& event);
  /// What streams are told when the core falls silent, and when it is heard again; "" before the
  /// first site.
  std::string silence_event();
  /// Whether a document, or a better one, can be had in a moment: worth waiting for a little.
  bool pending(const Request& request);
  /// Fills `answer`, which is reused from one request to the next.
  void answer(const Request& request, Answer& answer);
  /// The one answer of `status`; its body is left out for HEAD.
  void plain(int status, Answer& answer, bool with_body = true, std::string_view extra = {}) const;
  /// What became of a letter.
  void json(const LetterAnswer& given, Answer& answer) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>()(text);
    }
  };

  const DocumentPtr* document(const std::string& path);
  void forget();
  std::optional<Time> silence();
  void asked(const Request& request, Answer& answer);
  void serve(const Request& request, const DocumentPtr& found, Answer& answer);
  void ready(const Request& request, Answer& answer) const;
  void live(const Request& request, Answer& answer);
  std::string stream_start(std::string_view last_event_id);
  bool special(const Request& request, Answer& answer);
  bool is_known(const Request& request);

  Common& common_;
  SitePtr site_;
  Replay replay_;
  std::optional<Time> silent_since_;
  DocumentPtr passing_;  // the last that was found while a better one was on its way
  std::unordered_map<std::string, DocumentPtr, Hash, std::equal_to<>> documents_;
  std::size_t bytes_ = 0;  // of documents_
};

}  // namespace signalbox::web
