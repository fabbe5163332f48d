#include "ledger/gate.h"

#include "base/text.h"
#include "ledger/lookup.h"

namespace signalbox::ledger {
namespace {

/// A stranger who meant to report deserves an answer; any other stranger's words are nobody's
/// business.
Decision stranger(const Case& c) {
  const bool meant_us =
      std::holds_alternative<Report>(c.sentence) || std::holds_alternative<Mistake>(c.sentence);
  const auto* report = std::get_if<Report>(&c.sentence);
  const bool chat = report != nullptr && report->is_notice() && !notice_counts(c.policy, c.post);
  if (!meant_us || chat) return ignored("not_allowed");
  return mistake("not_allowed", "you are not among the authors of account " + c.policy.id +
                                    "; ask its operator to add " + c.post.author);
}

}  // namespace

bool allowed(const AccountPolicy& policy, const Post& post) {
  switch (policy.authors) {
    case Authors::itself:
      return policy.author_ids.empty() || names(policy.author_ids, post.author);
    case Authors::members:
      return true;
    case Authors::listed:
      return names(policy.author_ids, post.author);
  }
  return false;
}

bool notice_counts(const AccountPolicy& policy, const Post& post) {
  if (policy.notices == Notices::always || post.addressed) return true;
  const std::string_view text = trim(post.text);
  return text.starts_with('@') || text.starts_with("<@");
}

std::optional<Decision> gate(const Case& c) {
  if (c.book.frozen.contains(c.post.account)) return Decision{Verdict::withheld, "frozen"};
  if (c.speaker.echo) return Decision{Verdict::echo, "own_announcement"};
  if (c.policy.id.empty() && !c.speaker.console) return ignored("unknown_account");
  if (c.post.deleted) return std::nullopt;
  if (c.post.origin != Origin::own) return ignored(std::string(word(c.post.origin)));
  if (!c.speaker.console && !allowed(c.policy, c.post)) return stranger(c);
  return std::nullopt;
}

}  // namespace signalbox::ledger
