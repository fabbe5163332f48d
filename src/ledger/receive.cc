#include "ledger/edits.h"
#include "ledger/gate.h"
#include "ledger/judge.h"
#include "ledger/thread.h"

namespace signalbox::ledger {
namespace {

/// A post that is not a version of one we know.
Decision fresh(const Case& c) {
  if (const auto* report = std::get_if<Report>(&c.sentence)) return judge(c, *report);
  if (const auto* wrong = std::get_if<Mistake>(&c.sentence)) {
    return {Verdict::mistake, wrong->reason};
  }
  if (std::holds_alternative<Question>(c.sentence)) return {Verdict::question, "question"};
  if (c.incident.empty()) return ignored("not_ours");
  return {Verdict::applied, "thread_reply"};
}

Decision decide(Case& c) {
  if (auto stopped = gate(c)) return *stopped;
  if (c.post.deleted) return deletion(c);
  follow_thread(c);
  if (const auto* before = predecessor(c.book, c.post, c.sentence)) return edit(c, *before);
  return fresh(c);
}

Source source(const AccountPolicy& policy, const Post& post) {
  const auto name = policy.author_names.find(post.author);
  return {post.account, policy.label, name == policy.author_names.end() ? "" : name->second,
          policy.link_public ? post.url : ""};
}

}  // namespace

Event receive(const Book& book, const Rules& rules, const Post& post, const Sentence& sentence,
              Speaker speaker, Time now) {
  static const AccountPolicy kUnknown;
  const auto found = rules.accounts.find(post.account);
  const AccountPolicy& policy = found == rules.accounts.end() ? kUnknown : found->second;
  Case c{book, rules, policy, post, sentence, std::move(speaker), now, ""};
  Decision decision = decide(c);
  PostReceived received;
  received.post = post;
  received.sentence = c.sentence;
  received.verdict = decision.verdict;
  received.reason = std::move(decision.reason);
  if (decision.sentence) received.sentence = *std::move(decision.sentence);
  received.tell = decision.tell;
  received.source = source(policy, post);
  received.incident = c.incident;
  received.lapses = decision.lapses;
  received.console = c.speaker.console;
  return {0, now, std::move(received)};
}

}  // namespace signalbox::ledger
