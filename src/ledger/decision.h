// What the ledger decides on one post: the verdict, its named reason, and what was understood on
// the way.
#pragma once

#include <optional>
#include <string>

#include "ledger/ledger.h"

namespace signalbox::ledger {

/// The answer to one post.
struct Decision {
  Verdict verdict = Verdict::ignored;
  std::string reason{};
  bool tell = false;
  std::optional<Sentence> sentence{};  ///< what it means instead of what the grammar read
  std::optional<Time> lapses{};        ///< of a notice or a held report
};

/// A post with all that decisions about it look at. The references outlive it.
struct Case {
  const Book& book;
  const Rules& rules;
  const AccountPolicy& policy;
  const Post& post;
  Sentence sentence;
  Speaker speaker;
  Time now;
  std::string incident;  ///< it is a headless reply that speaks here

  /// When its word is in force from.
  Time at() const;
};

/// Ignored, for `reason`.
Decision ignored(std::string reason);
/// Nearly a report: the author is told `what`.
Decision mistake(std::string reason, std::string what);

}  // namespace signalbox::ledger
