// Posts on their way into the ledger: known ones skipped, our own recognised, the others read and
// judged.
#include <algorithm>
#include <utility>

#include "app/core/core.h"
#include "app/core/records.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "grammar/parse.h"

namespace signalbox::app {
namespace {

/// The outcome kept under an id: one line of JSON, and below it the text it is of. Without the text
/// in ledgers of before it was kept: any text passes then.
Result<PostOutcome> said_before(const std::string& key, const std::string& text,
                                const std::string& kept) {
  const std::size_t end = kept.find('\n');
  if (end != std::string::npos && kept.substr(end + 1) != text) {
    return invalid("the id '" + one_line(key) +
                   "' was given to another text before; give each text an id of its own");
  }
  return PostOutcome{kept.substr(0, end)};
}

}  // namespace

bool Core::already_known(const Post& post) {
  std::string key = post_key(post);
  if (keys_in_turn_.contains(key)) return true;
  const auto known = store_.knows(key);
  if (known && *known) return true;
  keys_in_turn_.insert(std::move(key));
  return false;
}

Event Core::receive(const Post& post, ledger::Speaker speaker) {
  const Sentence sentence =
      post.deleted ? Sentence{} : grammar::parse(post.text, plan_.lexicon, now_, post.addressed);
  Event event = ledger::receive(book_, plan_.rules, post, sentence, speaker, now_);
  happen(event, post_key(post));
  event.seq = book_.seq;
  event.at = now_;
  return event;
}

// The incident whose announcement of ours a reply answers; "" for any other post.
std::string Core::incident_we_told_of(const Post& post) const {
  if (post.thread.empty()) return {};
  const auto ours = store_.sent_as(post.account, post.thread);
  if (!ours || !*ours) return {};
  const std::string& told = (*ours)->announcement;
  for (const auto& [ref, followed] : book_.followed) {
    if (followed.announcement == told) return followed.incident;
  }
  for (const Incident& incident : book_.incidents) {
    const auto tells = [&](const Update& update) { return update.announcement == told; };
    if (std::any_of(incident.updates.begin(), incident.updates.end(), tells)) return incident.id;
  }
  return {};
}

void Core::take_posts(Intake intake, Done done) {
  now_ = clock_.now();
  for (Post& post : intake.posts) {
    post.account = intake.account;
    post.received = now_;
    if (already_known(post)) continue;
    ledger::Speaker speaker;
    if (!post.deleted) {
      auto recognised = outbox_.recognise(post, now_);
      speaker.echo = recognised.ours;
      if (recognised.row) batch_.deliveries.push_back(std::move(*recognised.row));
    }
    speaker.incident = incident_we_told_of(post);
    receive(post, speaker);
  }
  if (intake.cursor) batch_.cursors.push_back(std::move(*intake.cursor));
  waiting_.push_back(std::move(done));
  if (intake.caught_up) tell_digests(intake.account);
}

void Core::say(const std::string& text, const std::string& key, PostDone done) {
  now_ = clock_.now();
  if (!key.empty()) {
    const auto before = store_.answer(key);
    if (before && *before) return done(said_before(key, text, **before));
    if (!keys_in_turn_.insert("answer\n" + key).second) {
      return done(unavailable("the same id is being posted right now; try again"));
    }
  }
  Post post;
  post.account = plan_.local_account;
  post.id = key.empty() ? short_id(iso(now_) + std::to_string(book_.seq)) : key;
  post.author = "console";
  post.author_name = "console";
  post.text = text;
  post.at = post.received = now_;
  if (already_known(post))
    return done(invalid("a post with the id '" + post.id + "' is known already"));
  const Event event = receive(post, {.console = true, .echo = false, .incident = {}});
  std::string json = outcome_json(event, book_, plan_.page.zone);
  if (!key.empty()) batch_.answers.push_back({key, json + "\n" + text});
  waiting_.push_back([done = std::move(done), json = std::move(json)](const Status& kept) {
    kept ? done(PostOutcome{json}) : done(kept.error());
  });
}

}  // namespace signalbox::app
