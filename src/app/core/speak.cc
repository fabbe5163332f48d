// What is said: announcements turned into deliveries, one for each account that should hear them.
#include <algorithm>
#include <utility>

#include "app/core/core.h"
#include "base/hash.h"
#include "base/log.h"

namespace signalbox::app {

namespace {

constexpr std::string_view kDigestCursor = "digest ";

bool opens_incident(const Announcement& announcement) {
  return announcement.tidings == Tidings::worse ||
         (announcement.tidings == Tidings::staff_word &&
          std::any_of(announcement.lines.begin(), announcement.lines.end(),
                      [](const Line& line) { return severity(line.state) > 0; }));
}

bool hears(const AccountPolicy& account, Audience audience) {
  switch (audience) {
    case Audience::followers:
      return account.announce;
    case Audience::staff:
      return account.staff;
    case Audience::followers_and_staff:
      return account.announce || account.staff;
    case Audience::author:
    case Audience::nobody:
      return false;
  }
  return false;
}

}  // namespace

const AccountPolicy* Plan::account(std::string_view id) const {
  const auto found =
      std::find_if(accounts.begin(), accounts.end(), [id](const auto& a) { return a.id == id; });
  return found == accounts.end() ? nullptr : &*found;
}

std::vector<std::string> Core::hearers(const Announcement& announcement) const {
  Audience audience = announcement.audience;
  if (audience == Audience::author) {
    if (!announcement.answers) return {};
    if (announcement.answers->account != plan_.local_account)
      return {announcement.answers->account};
    // The console shows what became of a post; what stays to be done is for whoever is there.
    if (announcement.tidings != Tidings::reminder) return {};
    audience = Audience::staff;
  }
  std::vector<std::string> ids;
  for (const AccountPolicy& account : plan_.accounts) {
    if (account.id != announcement.except_account && hears(account, audience))
      ids.push_back(account.id);
  }
  return ids;
}

void Core::enqueue(const Announcement& announcement) {
  for (const std::string& account : hearers(announcement)) enqueue_for(announcement, account);
}

void Core::enqueue_for(const Announcement& announcement, const std::string& account) {
  const SnapshotPtr board = board_.newest();
  Delivery delivery;
  delivery.id = announcement.id + "/" + account;
  delivery.announcement = announcement.id;
  delivery.account = account;
  delivery.tidings = announcement.tidings;
  delivery.text =
      announce::compose(announcement, surroundings_.limits(account), board ? *board : Snapshot{});
  if (announcement.audience == Audience::author) {
    delivery.reply_to = announcement.answers->id;
    delivery.thread = announcement.answers->thread;
  }
  delivery.priority = outbox::priority(announcement.tidings, opens_incident(announcement));
  delivery.created = delivery.due = now_;
  batch_.deliveries.push_back(delivery);
  for (Delivery& row : outbox_.add({std::move(delivery)})) {
    batch_.deliveries.push_back(std::move(row));
  }
}

void Core::tell_refusals() {
  for (const outbox::Trouble& trouble : outbox_.take_troubles()) {
    report_trouble("speaking on " + trouble.account, trouble.what);
  }
}

// Most events need no look back; a copy of the book is made only for those that undo something.
bool Core::looks_back(const Event& event) {
  if (const auto* received = std::get_if<PostReceived>(&event.what)) {
    return received->verdict == Verdict::corrected || received->verdict == Verdict::withdrawn;
  }
  if (const auto* elapsed = std::get_if<Elapsed>(&event.what)) {
    return elapsed->what == Elapsed::What::deletion_final ||
           elapsed->what == Elapsed::What::maintenance_asks ||
           elapsed->what == Elapsed::What::confirmation_lapsed;
  }
  return std::holds_alternative<Commanded>(event.what) ||
         std::holds_alternative<Configured>(event.what);
}

void Core::tell_and_fold(const Event& event) {
  std::optional<Book> before;
  if (looks_back(event)) before = book_;
  if (const Status folded = ledger::apply(book_, event); !folded) set_aside(event, folded.error());
  for (const std::string& id : book_.touched) shelf_.changed(id);
  announce::apply(memory_, event, plan_.habits);
  const auto* received = std::get_if<PostReceived>(&event.what);
  if (received && received->verdict == Verdict::question) refresh_standings();
  const SnapshotPtr newest = board_.newest();
  const bool needs_now = (received && received->verdict == Verdict::question) || !newest;
  const Snapshot made = needs_now ? make_snapshot() : Snapshot{};
  for (const Announcement& words : announce::what_to_say(
           event, before ? *before : book_, book_, needs_now ? made : *newest, plan_.habits)) {
    tell(words, received);
  }
}

void Core::tell(const Announcement& words, const PostReceived* cause) {
  if (words.reason == "old_news") {
    if (cause) owe_digest(cause->post.account, cause->post.at);
    return;
  }
  // A deletion takes effect when its grace is over: until then it may be a redraft, which is not
  // told again.
  if (words.audience == Audience::nobody) return;
  const std::set<std::string> heard_it =
      words.revokes.empty() ? std::set<std::string>{} : revoke(words.revokes);
  for (const std::string& account : hearers(words)) {
    if (words.tidings != Tidings::withdrawal || heard_it.contains(account))
      enqueue_for(words, account);
  }
}

// Cancels what is not yet out of an announcement; gives the accounts where it is, or may be, out.
std::set<std::string> Core::revoke(const std::string& announcement) {
  std::set<std::string> heard_it;
  auto cancelled = outbox_.cancel_announcement(announcement, now_);
  for (const Delivery& row : cancelled.perhaps_out) heard_it.insert(row.account);
  for (Delivery& row : cancelled.rows) batch_.deliveries.push_back(std::move(row));
  const auto kept = store_.deliveries_of(announcement);
  if (!kept) return heard_it;
  for (const Delivery& row : *kept) {
    if (row.state == DeliveryState::sent) heard_it.insert(row.account);
  }
  return heard_it;
}

void Core::tell_findings() {
  const SnapshotPtr newest = board_.newest();
  if (!newest) return;
  const auto due = announce::next_finding(memory_, plan_.habits, *newest, now_);
  if (!due || *due > now_) return;
  state_changed_ = true;  // what is due is judged by the newest board: it must not be an old one
  for (MachineSpoke& finding : announce::findings(memory_, plan_.habits, make_snapshot(), now_)) {
    happen(Event{0, now_, std::move(finding)});
  }
  refresh_standings();
}

void Core::owe_digest(const std::string& account, Time since) {
  const auto [owed, first] = digests_owed_.emplace(account, since);
  if (!first && owed->second <= since) return;
  owed->second = since;
  batch_.cursors.push_back({std::string(kDigestCursor) + account, iso(since)});
}

Status Core::resume_digests() {
  for (const AccountPolicy& account : plan_.accounts) {
    const auto owed = store_.cursor(std::string(kDigestCursor) + account.id);
    if (!owed) return owed.error();
    if (const auto since = *owed ? parse_iso(**owed) : std::nullopt)
      digests_owed_[account.id] = *since;
  }
  return {};
}

void Core::tell_digests(const std::string& account) {
  const auto owed = digests_owed_.find(account);
  if (owed == digests_owed_.end()) return;
  refresh_standings();
  Announcement digest = announce::digest(make_snapshot(), plan_.habits, owed->second, now_);
  digest.except_account = account;
  enqueue(digest);
  digests_owed_.erase(owed);
  batch_.cursors.push_back({std::string(kDigestCursor) + account, ""});
}

void Core::replace_stale_news() {
  for (const AccountPolicy& account : plan_.accounts) {
    auto stale = outbox_.cancel_stale_news(account.id, plan_.habits.news_is_younger_than, now_);
    if (stale.empty()) continue;
    Time since = now_;
    for (Delivery& row : stale) {
      since = std::min(since, row.created);
      batch_.deliveries.push_back(std::move(row));
    }
    Announcement digest = announce::digest(make_snapshot(), plan_.habits, since, now_);
    digest.id += "/" + account.id;
    enqueue_for(digest, account.id);
  }
}

void Core::claim_deliveries() {
  auto claim = outbox_.claim(now_);
  batch_.deliveries.insert(batch_.deliveries.end(), claim.rows.begin(), claim.rows.end());
  jobs_.insert(jobs_.end(), claim.jobs.begin(), claim.jobs.end());
}

void Core::report_trouble(const std::string& about, const std::string& what) {
  now_ = clock_.now();
  const auto [told, first] = told_trouble_.emplace(about, what);
  if (!first) return;
  log::warning(about + ": " + what);
  Announcement trouble;
  trouble.id = short_id("trouble " + about + iso(now_));
  trouble.tidings = Tidings::trouble;
  trouble.audience = Audience::staff;
  trouble.text = about + ": " + what;
  trouble.reason = "trouble_of_our_own";
  trouble.at = now_;
  enqueue(trouble);
}

void Core::trouble_over(const std::string& about) {
  if (told_trouble_.erase(about) > 0) log::info(about + ": well again");
}

}  // namespace signalbox::app
