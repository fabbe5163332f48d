// Something worth telling, before it is cut to a network's measure; and how much a network takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/post.h"
#include "model/state.h"

namespace signalbox {

/// What an announcement tells.
enum class Tidings : std::uint8_t {
  staff_word,  ///< staff's report or update, passed on to the other accounts
  worse,       ///< measured fell
  better,      ///< measured recovered
  flapping,    ///< one word about a service that keeps changing
  correction,  ///< staff changed state or target of what was told
  withdrawal,  ///< staff deleted what was told
  lost_sight,  ///< a measured service is UNKNOWN for five minutes
  reminder,    ///< staff is asked to close, or to speak
  held,        ///< a change waits for a second author or the console
  hint,        ///< the answer to a mistake
  answer,      ///< the answer to a question
  trouble,     ///< something of our own: a token refused, a source unreadable
  digest,      ///< what happened while we were away
};
std::string_view word(Tidings tidings);

/// Who is to hear it.
enum class Audience : std::uint8_t {
  followers,            ///< `announce` accounts
  staff,                ///< `staff` accounts
  followers_and_staff,  ///< both
  author,               ///< a reply to the post it answers, on its account
  nobody,               ///< kept for the page and the record only
};
std::string_view word(Audience audience);

/// One service's state in an announcement, with the figures behind it where measured.
struct Line {
  std::string service;
  State state = State::up;
  double good = 0;
  double total = 0;
  Duration window{};
  std::string why = {};  ///< what was wrong, where checks say so

  bool operator==(const Line&) const = default;
};

/// One thing to tell. The core makes it; the outbox makes one delivery of it for each account.
struct Announcement {
  std::string id;  ///< stable: the same cause gives the same id
  Tidings tidings = Tidings::staff_word;
  Audience audience = Audience::followers;
  std::vector<std::string>
      targets;  ///< the head's targets, ALL and groups already folded; empty: no head
  std::string
      head_word;  ///< after the targets: "ISSUE", "IDENTIFIED", "MAINT [… / …]", or "" for a notice
  std::vector<Line> lines;  ///< the services it is about
  std::string text;         ///< what follows the head
  std::string reason;  ///< named rule that made it: "staff_spoke", "fell", "limit_reached", …
  std::string except_account;      ///< where it was said already
  std::optional<PostRef> answers;  ///< the post it replies to (hints, answers)
  std::string revokes;  ///< id of the announcement whose unsent deliveries this one cancels, or ""
  Time at{};

  bool operator==(const Announcement&) const = default;
};

/// The id of what staff's words in ledger event `seq` make us say.
std::string announcement_id(std::uint64_t seq);

/// How a network counts the length of a post.
struct Limits {
  enum class Count : std::uint8_t {
    code_points,  ///< Unicode code points
    weighted,     ///< X: CJK and emoji 2, others 1, after NFC
    bytes,        ///< UTF-8 bytes
  };
  std::size_t most = 500;
  Count count = Count::code_points;
  std::size_t url_cost = 0;  ///< what any URL costs; 0: its own length

  bool operator==(const Limits&) const = default;
};

}  // namespace signalbox
