// Random histories: the book is the same however it was folded, and its promises hold after every
// event.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "board/board.h"
#include "tests/unit/ledger/desk.h"

namespace signalbox::ledger {
namespace {

/// Lives through a random history on a Desk.
class Life {
 public:
  explicit Life(unsigned seed) : dice_(seed) { desk.rules.safety_changes = 6; }

  void live(int steps) {
    for (int i = 0; i < steps; ++i) step();
  }

  Desk desk;

 private:
  int roll(int sides) { return static_cast<int>(dice_() % static_cast<unsigned>(sides)); }

  std::vector<std::string> services() {
    std::vector<std::string> chosen;
    for (const char* id : {"API", "JS", "DB"}) {
      if (roll(2) == 0) chosen.emplace_back(id);
    }
    return chosen.empty() ? std::vector<std::string>{"API"} : chosen;
  }

  Report report() {
    static const std::vector<std::optional<State>> kStates = {
        State::up, State::up, State::issue, State::down, State::maint, std::nullopt};
    static const std::vector<Phase> kPhases = {Phase::investigating, Phase::identified,
                                               Phase::monitoring,    Phase::resolved,
                                               Phase::done,          Phase::postmortem};
    Report made = a_report(services(), kStates[static_cast<std::size_t>(roll(6))],
                           "message " + std::to_string(roll(40)));
    if (roll(4) == 0) {
      made.phase = kPhases[static_cast<std::size_t>(roll(6))];
      made.state.reset();
      if (made.phase == Phase::resolved || made.phase == Phase::done) made.state = State::up;
    }
    if (made.state && !made.phase && roll(4) == 0) made.until = desk.now + minutes(1 + roll(90));
    if (made.state == State::maint && roll(2) == 0) made.from = desk.now + minutes(roll(40) - 5);
    if (made.services.size() == 3 && roll(2) == 0) made.targets = {"ALL"};
    return made;
  }

  void speak() {
    static const std::vector<std::pair<std::string, std::string>> kWho = {
        {"fedi", "A"}, {"ops", "U1"}, {"ops", "U2"}, {"ops", "U9"}, {"local", "console"}};
    const auto& [account, author] = kWho[static_cast<std::size_t>(roll(5))];
    const Report said = report();
    Post post = desk.post(Desk::line(said), account, author);
    post.at -= seconds(roll(3) == 0 ? roll(900) : 0);
    if (roll(5) == 0 && !said_.empty()) post.thread = some().id;
    Speaker speaker;
    speaker.console = account == "local";
    Sentence sentence = said;
    if (!post.thread.empty() && roll(2) == 0) sentence = NotOurs{};
    desk.hear(post, sentence, speaker);
    said_.push_back(post);
  }

  const Post& some() {
    return said_[said_.size() - 1 -
                 static_cast<std::size_t>(
                     roll(static_cast<int>(std::min<std::size_t>(said_.size(), 6))))];
  }

  void change_words() {
    if (said_.empty()) return;
    const Post post = some();
    switch (roll(4)) {
      case 0:
        desk.remove(post);
        return;
      case 1:
        desk.rewrite(post, NotOurs{}, "chat");
        return;
      case 2: {
        Post edit = post;
        edit.id = "e" + std::to_string(++desk.posts);
        edit.replaces = post.id;
        const Report said = report();
        edit.text = Desk::line(said);
        desk.hear(edit, said);
        said_.push_back(edit);
        return;
      }
      default: {
        const Report said = report();
        desk.rewrite(post, said, Desk::line(said));
      }
    }
  }

  void machine() {
    static const std::vector<State> kStates = {State::up, State::issue, State::down,
                                               State::unknown};
    const State state = kStates[static_cast<std::size_t>(roll(4))];
    const auto chosen = services();
    for (const auto& service : chosen) desk.measure(service, state);
    if (state == State::unknown || roll(3) == 0) return;
    std::vector<std::pair<std::string, State>> lines;
    for (const auto& service : chosen) lines.emplace_back(service, state);
    desk.machine(state == State::up ? Tidings::better : Tidings::worse, lines, roll(4) != 0);
    desk.add(StandingChanged{chosen.front(), State::up, state, "measured_worse"});
  }

  void order() {
    const auto what = static_cast<Commanded::What>(roll(5));
    std::string subject = roll(2) == 0 ? "fedi" : "ops";
    if (what == Commanded::What::go_back) subject = "fedi A";
    if (what == Commanded::What::release || what == Commanded::What::discard) {
      subject = desk.book.held.empty() ? "none" : desk.book.held.front().id;
    }
    (void)desk.order(what, subject);
    if (what == Commanded::What::freeze) (void)desk.order(Commanded::What::thaw, subject);
  }

  void step() {
    switch (roll(10)) {
      case 0:
      case 1:
        change_words();
        break;
      case 2:
      case 3:
        machine();
        break;
      case 4:
        order();
        break;
      default:
        speak();
    }
    desk.wait(seconds(roll(20) == 0 ? roll(100000) : roll(200)));
  }

  std::mt19937 dice_;
  std::vector<Post> said_;
};

void expect_promises(const Book& book) {
  std::set<std::string> in_trouble;
  for (const auto& incident : book.incidents) {
    EXPECT_FALSE(incident.services.empty());
    EXPECT_FALSE(incident.updates.empty());
    const bool all_up = std::all_of(incident.services.begin(), incident.services.end(),
                                    [](const auto& item) { return item.second == State::up; });
    EXPECT_EQ(!incident.open(), all_up) << incident.name;
    EXPECT_EQ(!incident.open(), incident.phase == Phase::resolved);
    EXPECT_TRUE(std::is_sorted(incident.updates.begin(), incident.updates.end(),
                               [](const auto& a, const auto& b) { return a.at < b.at; }));
    if (!incident.open()) continue;
    for (const auto& [service, state] : incident.services) {
      EXPECT_TRUE(in_trouble.insert(service).second) << service << " is in two open incidents";
    }
  }
  Book again = book;
  reindex(again);
  EXPECT_EQ(again.places, book.places);
  EXPECT_EQ(again.troubled, book.troubled);
  EXPECT_EQ(again.fading, book.fading);
}

Book folded(const std::vector<Event>& events) {
  Book book;
  EXPECT_TRUE(apply(book, events).ok());
  return book;
}

RC_GTEST_PROP(History, GivesTheSameBookHoweverItIsFolded, ()) {
  const auto seed = *rc::gen::arbitrary<unsigned>();
  Life life(seed);
  life.live(60);
  expect_promises(life.desk.book);
  RC_ASSERT(!testing::Test::HasFailure());
  RC_ASSERT(folded(life.desk.events) == life.desk.book);
}

TEST(History, SurvivesCheckpointsAndStoredEvents) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    Life life(seed);
    life.live(60);
    Book book;
    std::mt19937 dice(seed);
    for (const auto& event : life.desk.events) {
      const auto stored = decode(event.seq, event.at, kEventVersion, kind(event), encode(event));
      ASSERT_TRUE(stored.has_value());
      ASSERT_EQ(*stored, event);
      ASSERT_TRUE(apply(book, *stored).ok());
      if (dice() % 7 != 0) continue;
      auto restarted = decode_book(encode(book));
      ASSERT_TRUE(restarted.has_value()) << restarted.error().what;
      ASSERT_EQ(*restarted, book) << "seed " << seed << ", event " << event.seq;
      book = *std::move(restarted);
    }
    EXPECT_EQ(book, life.desk.book) << "seed " << seed;
  }
}

TEST(History, KeepsItsPromisesAfterEveryEvent) {
  for (unsigned seed = 100; seed < 140; ++seed) {
    Life life(seed);
    life.live(50);
    Book book;
    for (const auto& event : life.desk.events) {
      ASSERT_TRUE(apply(book, event).ok());
      expect_promises(book);
      if (testing::Test::HasFailure()) {
        FAIL() << "seed " << seed << ", event " << event.seq << " " << encode(event);
      }
    }
  }
}

TEST(History, NamesEveryIncidentThatAnEventChanged) {
  for (unsigned seed = 200; seed < 220; ++seed) {
    Life life(seed);
    life.live(50);
    Book book;
    board::Shelf shelf;
    for (const auto& event : life.desk.events) {
      ASSERT_TRUE(apply(book, event).ok());
      for (const auto& id : book.touched) shelf.changed(id);
      for (const auto& incident : book.incidents) {
        ASSERT_EQ(*shelf.share(incident), incident) << "seed " << seed << ", " << encode(event);
      }
    }
  }
}

TEST(History, IsForgottenInTime) {
  Desk desk;
  for (int i = 0; i < 100; ++i) {
    desk.say({"API"}, State::down, "n " + std::to_string(i));
    desk.wait(minutes(5));
    desk.say({"API"}, State::up, "ok " + std::to_string(i));
    desk.wait(hours(24));
  }
  EXPECT_LE(desk.book.incidents.size(), 31u);
  EXPECT_LE(desk.book.followed.size(), 5u);
  EXPECT_LE(desk.book.recent.size(), 2u);
  EXPECT_LE(desk.book.changes.size(), 3u);
}

}  // namespace
}  // namespace signalbox::ledger
