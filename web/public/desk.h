// Answers requests from the newest site: one desk a web thread, so that nothing is locked on the
// way.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/public/common.h"
#include "web/public/house.h"
#include "web/public/lending.h"
#include "web/public/request.h"

namespace signalbox::web {

/// What goes on the wire: head, then the closing lines of the head, then body. Views hold as long
/// as `document` or the own strings do.
struct Answer {
  std::string_view head;
  std::string_view body;
  DocumentPtr document;
  std::string own_head, own_body;
  std::shared_ptr<const Slab> lent;  ///< what `body` lies in when it may go by reference
  Seat stream;                       ///< not null: the connection becomes a live stream
  std::string page;                  ///< of a stream: the slug of its page; "" the main one
  PageLock lock = {};                ///< of a stream: what had opened the page
};

/// Used by one thread only.
class Desk final : public Awaiting {
 public:
  /// `common` outlives it.
  explicit Desk(Common& common) : common_(common) {}

  void show(const SitePtr& site, const Events& events);
  /// What the streams of a page are told when the core falls silent, and when it is heard again;
  /// null before the first site.
  EventPtr silence_event(std::string_view page);
  /// Whether a document, or a better one, can be had in a moment: worth waiting for a little.
  bool pending(const Request& request);
  /// Fills `answer`, which is reused from one request to the next.
  void answer(const Request& request, Answer& answer);
  /// As Lending::head_in(), of an answer that is lent.
  std::string_view lent_head(const Answer& answer, std::string_view tail) {
    return lending_.head_in(answer.lent.get(), answer.head, tail);
  }
  /// The one answer of `status`; its body is left out for HEAD.
  void plain(int status, Answer& answer, bool with_body = true, std::string_view extra = {}) const;
  /// What became of a letter, or is wrong with a question.
  void json(const LetterAnswer& given, Answer& answer, bool with_body = true,
            std::string_view extra = {}) const;

  /// Whether this POST may show a private page its password.
  bool awaits(const Request& request) override { return knocks_at(request) != nullptr; }
  /// The page it is shown to; null when it is no such POST. Good until show().
  const PagePart* knocks_at(const Request& request);
  /// What became of the password in `request`, which was held against `lock`.
  void welcome(const Request& request, const PageLock& lock, const Welcome& welcome,
               Answer& answer);
  /// Whether a stream that had been opened so goes on.
  bool is_open(std::string_view page, const PageLock& lock) const;

 private:
  /// Fills `answer` with what is no document; `head` has each line ended by CRLF.
  static void own(Answer& answer, std::string head, std::string body, bool with_body);
  std::optional<Time> silence() const { return common_.silent_since(); }
  /// Whether `answer` is filled: the reader is not let in.
  bool kept_out(const Request& request, const Place& place, Answer& answer);
  void inside(const Request& request, const Place& place, Answer& answer);
  /// What is answered where nothing is: to browsers a page of `room`, in the language that
  /// `path` forces.
  void nothing(const Request& request, Room& room, std::string_view path, Answer& answer);
  void refuse_method(const Request& request, const Place& place, Answer& answer);
  void asked(const Request& request, const Place& place, Answer& answer);
  void serve(const Request& request, const DocumentPtr& found, Answer& answer) const;
  /// serve() of what many ask for: a large body goes by reference.
  void lend(const Request& request, const DocumentPtr& found, Answer& answer);
  enum class Tried { nothing, the_wrong_one, too_often };
  /// The form that asks for a page's password.
  void door(const Request& request, const Place& place, Tried tried, std::string_view extra,
            Answer& answer) const;
  void ready(const Request& request, Answer& answer) const;
  void live(const Request& request, const Place& place, Answer& answer) const;
  std::string stream_start(const Room& room, std::string_view last_event_id) const;
  bool healthy(const Request& request, Answer& answer) const;
  bool is_known(const Request& request, const Place& place);

  Common& common_;
  House house_;
  Lending lending_;
};

}  // namespace signalbox::web
