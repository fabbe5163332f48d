// The core: the one place where posts, readings, orders and outcomes become events, state and
// deliveries. It joins the pure steps of the line, and keeps what they decide in one transaction a
// turn. No thread and no timer of its own: the loop (app/core/loop.h) or a test calls it, so a
// whole night runs in milliseconds.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "app/core/figures.h"
#include "app/core/plan.h"
#include "availability/availability.h"
#include "base/time.h"
#include "board/board.h"
#include "connectors/connector.h"
#include "model/book.h"
#include "outbox/outbox.h"
#include "store/store.h"

namespace signalbox::app {

/// What the core asks of the rest of the program.
class Surroundings {
 public:
  virtual ~Surroundings() = default;
  /// A delivery to send or to look for; its outcome comes back through Core::settle.
  virtual void hand_out(const outbox::Job& job) = 0;
  /// How long a post may be on an account.
  virtual Limits limits(const std::string& account) = 0;
  /// Random bits for jitter.
  virtual std::uint64_t random() = 0;
  /// What happened, folded: asked only where nothing is kept (Plan::replayed).
  virtual void saw(const Event& /*event*/) {}
};

/// Told when what was handed in is durable (ok), or cannot be.
using Done = std::function<void(const Status&)>;

/// What became of one post, as `say` prints it.
struct PostOutcome {
  std::string json;
};
using PostDone = std::function<void(const Result<PostOutcome>&)>;

/// What one try of a check found.
struct Tried {
  std::string check;  ///< its source's name
  connectors::Measured measured;
};

/// Posts of one step of reading an account.
struct Intake {
  std::string account;
  std::vector<Post> posts;
  std::optional<store::Cursor> cursor;  ///< kept with them, all or none
  bool caught_up = true;                ///< no further page waits
};

/// Owned by the core thread.
class Core {
 public:
  /// All outlive the core. `began` is the start of the process.
  Core(store::Store& store, const Clock& clock, board::Board& board, Surroundings& surroundings,
       Plan plan);
  ~Core();

  /// Folds what the store holds, takes over its deliveries, publishes the first snapshot. Before
  /// anything else.
  Status start();

  // What happens. Each joins the turn that commit() ends; `done` is called then.
  void take_posts(Intake intake, Done done);
  /// A line on the local account, by `say` or the console. `key` (may be empty) makes it
  /// idempotent.
  void say(const std::string& text, const std::string& key, PostDone done);
  void take_readings(const std::string& source, const connectors::Measured& measured,
                     std::optional<store::Cursor> cursor, Done done);
  /// What several checks found, kept in one transaction, all or none. Those of checks that are
  /// configured no more count for nothing.
  void take_tries(std::span<const Tried> tries, Done done);
  void settle(const outbox::Outcome& outcome);
  void order(const Commanded& order, Done done);
  /// Trouble of our own for staff (a refused token, an unreadable source): told once until it is
  /// over.
  void report_trouble(const std::string& about, const std::string& what);
  void trouble_over(const std::string& about);
  /// A new configuration.
  void replan(Plan plan);
  /// What the passing of time brings: endings, staleness, complete groups, due deliveries.
  void tick();

  /// Ends the turn: one transaction, then answers, jobs and the new snapshot. When the store does
  /// not take it, the turn stays open and is tried again by the next call; busy() is true meanwhile
  /// and nothing new should be handed in.
  void commit();
  bool busy() const { return stuck_; }
  /// Why nothing is durable at the moment, or "".
  std::string trouble() const { return store_trouble_; }
  /// When tick() should next be called; at most a second away.
  Time next_wake() const;
  /// When time alone will next bring something about, as far as is known: what a replay of the past
  /// must not step over. Perhaps in the past.
  std::optional<Time> next_due() const;
  /// Writes the checkpoint: at a clean stop, and now and then by itself.
  Status keep_checkpoint();

  const Book& book() const { return book_; }
  const Plan& plan() const { return plan_; }
  outbox::Outbox& outbox() { return outbox_; }
  store::Store& store() { return store_; }
  /// The posts on this account whose edits and deletions are followed, newest first, `most` at the
  /// most.
  std::vector<PostRef> followed(const std::string& account, std::size_t most) const;
  /// Counters for /metrics.
  std::map<std::string, double> figures() const;

 private:
  struct Mediation;

  // Events (fold.cc).
  void happen(Event event, std::string key = {});
  Status replay();
  void replay_row(const store::Row& row);
  void set_aside(const Event& event, const Error& why);
  void adopt_services();
  void drop_orphans();
  void get_stuck(const Error& error);
  void end_turn();

  // Posts (intake.cc).
  Event receive(const Post& post, ledger::Speaker speaker);
  bool already_known(const Post& post);
  std::string incident_we_told_of(const Post& post) const;

  // Measurement (measure.cc).
  void make_judges();
  void make_judge(const Service& service, std::map<std::string, CheckRules> checks);
  Status resume_readings();
  Status take_in(std::span<const Reading> readings, const std::optional<store::Cursor>& cursor);
  void note_complaints(std::span<const Tried> tries);
  void tell_once(const std::string& check, const connectors::Notice& notice);
  void evaluate(const std::string& service);
  void evaluate_all();

  // What services stand at (standings.cc).
  void refresh_what_moved();
  void refresh_standings();
  void refresh_standing(const Service& service);
  bool time_moves(const Service& service) const;

  // More of measurement (measure.cc).
  Status read_figures();
  std::vector<Reading> marked(std::span<const Reading> readings) const;
  Result<std::vector<store::ServiceSums>> keep(std::span<const Reading> readings,
                                               const std::optional<store::Cursor>& cursor);
  void forget_old();

  // Speech (speak.cc).
  void tell_findings();
  static bool looks_back(const Event& event);
  void tell_and_fold(const Event& event);
  void tell(const Announcement& words, const PostReceived* cause);
  std::set<std::string> revoke(const std::string& announcement);
  void tell_refusals();
  void enqueue(const Announcement& announcement);
  void enqueue_for(const Announcement& announcement, const std::string& account);
  std::vector<std::string> hearers(const Announcement& announcement) const;
  void owe_digest(const std::string& account, Time since);
  Status resume_digests();
  void tell_digests(const std::string& account);
  void replace_stale_news();
  void claim_deliveries();

  // Publication (publish.cc).
  Snapshot make_snapshot();
  void publish_if_changed();
  void publish_trouble();

  /// Figures alone are published no oftener than this.
  static constexpr Duration kFiguresEvery = std::chrono::seconds(5);

  store::Store& store_;
  const Clock& clock_;
  board::Board& board_;
  board::Shelf shelf_;
  Surroundings& surroundings_;
  Plan plan_;
  std::unique_ptr<Mediation> mediation_;
  outbox::Outbox outbox_;

  Book book_;
  announce::Memory memory_;
  std::map<std::string, availability::Judge> judges_;
  std::map<std::string, std::size_t> service_at_;  // in the plan
  std::map<std::string, Standing> standings_;
  std::map<std::string, Measurement> measured_;
  Figures sums_;
  bool sums_in_doubt_ = false;  // the store may have kept what it refused
  Time forget_at_{};
  std::map<std::string, std::string> told_trouble_;
  std::set<std::string> told_once_;           // announcements, by this process
  std::set<std::string> blind_checks_;        // whose newest try found nothing out
  bool happened_ = true;                      // an event since all standings were last refreshed
  Time refreshed_{};                          // when that was
  std::set<std::string> moved_;               // services evaluated since
  Time soonest_ = Time::min();                // no verdict changes before, without a reading
  Time looked_{};                             // when all were last asked for that
  std::map<std::string, Time> digests_owed_;  // by account that was read: since when
  bool unread_ = false;                       // some event was set aside
  Time began_;
  Time now_{};

  // The open turn.
  store::Batch batch_;
  std::vector<std::function<void(const Status&)>> waiting_;
  std::vector<outbox::Job> jobs_;
  std::set<std::string> keys_in_turn_;
  bool stuck_ = false;
  std::string store_trouble_;

  bool state_changed_ = true;
  bool figures_changed_ = false;
  Time published_{};
  std::uint64_t checkpoint_seq_ = 0;
  double complaints_ = 0;
};

}  // namespace signalbox::app
