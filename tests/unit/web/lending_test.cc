// Large bodies go to readers by reference: whole, each the right one, whatever is published and
// whoever does not read meanwhile.
#include "web/public/lending.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/uio.h>

#include <set>

#include "tests/unit/web/public_fixture.h"
#include "web/public/sigpipe.h"
#include "web/public/splicer.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kLarge = 300'000;
constexpr std::size_t kLargest = Slab::kBytes / 4 * 3;

DocumentPtr document(std::size_t bytes, char of = 'a') {
  return std::make_shared<const Document>(std::string(bytes, of), Heading{"text/plain", "", ""});
}

/// What the second to ask is lent.
Lent lent(Lending& lending, const DocumentPtr& document) {
  lending.copy_of(document, document->body());
  return lending.copy_of(document, document->body());
}

TEST(Lending, LendsWhatIsLargeAndAskedForAgain) {
  Lending lending;
  const auto large = document(kLarge);
  EXPECT_EQ(lending.copy_of(large, large->body()).slab, nullptr) << "the first is copied anyway";
  const Lent copy = lending.copy_of(large, large->body());
  ASSERT_NE(copy.slab, nullptr);
  EXPECT_EQ(copy.bytes, large->body());
  EXPECT_EQ(lending.copy_of(large, large->body()).bytes.data(), copy.bytes.data());
  EXPECT_EQ(lent(lending, document(1000)).slab, nullptr);
  lending.forget();
  EXPECT_EQ(lent(lending, document(kLargest + 1)).slab, nullptr);
  EXPECT_EQ(lent(lending, document(kLargest)).bytes.size(), kLargest);
}

TEST(Lending, HeadsLieWithTheirBodiesOncePerTail) {
  Lending lending;
  const auto one = document(kLarge);
  const auto other = document(kLarge, 'b');
  const std::shared_ptr<const Slab> slab = lent(lending, one).slab;
  ASSERT_EQ(lent(lending, other).slab, slab);
  const std::string head = one->bytes(Encoding::identity).head;
  const std::string head_of_other = other->bytes(Encoding::identity).head;
  const std::string_view first = lending.head_in(slab.get(), head, "Date: 1\r\n\r\n");
  EXPECT_EQ(first, head + "Date: 1\r\n\r\n");
  lending.head_in(slab.get(), head_of_other, "Date: 1\r\n\r\n");
  EXPECT_EQ(lending.head_in(slab.get(), head, "Date: 1\r\n\r\n").data(), first.data());
  EXPECT_EQ(lending.head_in(slab.get(), head, "Date: 2\r\n\r\n"), head + "Date: 2\r\n\r\n");
  EXPECT_EQ(first, head + "Date: 1\r\n\r\n") << "what was lent does not change";
  EXPECT_EQ(lending.head_in(nullptr, head, "Date: 3\r\n\r\n"), "") << "not in any other slab";
}

TEST(Lending, GoesOnInANewSlabWhenHeadsHaveFilledOne) {
  Lending lending;
  const auto one = document(kLarge);
  lending.copy_of(one, one->body());
  const std::string head = one->bytes(Encoding::identity).head;
  std::set<const char*> bodies;
  for (int answer = 0; answer < 20'000; ++answer) {
    const std::string second = std::to_string(answer);
    const Lent lent = lending.copy_of(one, one->body());
    ASSERT_NE(lent.slab, nullptr) << answer;
    bodies.insert(lent.bytes.data());
    ASSERT_EQ(lending.head_in(lent.slab.get(), head, second), head + second) << answer;
  }
  EXPECT_GT(bodies.size(), 1);
}

TEST(Lending, BodiesDoNotTouchEachOther) {
  Lending lending;
  std::vector<Lent> all;
  std::vector<DocumentPtr> documents;
  for (char c = 'a'; c <= 'e'; ++c) {
    documents.push_back(document(kLarge + static_cast<std::size_t>(c), c));
    all.push_back(lent(lending, documents.back()));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_NE(all[i].slab, nullptr) << i;
    EXPECT_EQ(all[i].bytes, documents[i]->body()) << i;
  }
}

TEST(Lending, SlowReadersHoldOnlySoMuch) {
  Lending lending;
  std::vector<Lent> held;
  for (int i = 0; i < 4; ++i) {
    held.push_back(lent(lending, document(kLargest)));
    ASSERT_NE(held.back().slab, nullptr) << i;
    lending.forget();
  }
  const auto next = document(kLargest);
  EXPECT_EQ(lent(lending, next).slab, nullptr) << "it is copied";
  EXPECT_EQ(held[0].bytes, std::string(kLargest, 'a')) << "they have theirs to the end";
  held.erase(held.begin());
  EXPECT_NE(lending.copy_of(next, next->body()).slab, nullptr);
}

TEST(Lending, ReadersOfManyPublicationsShareASlab) {
  Lending lending;
  std::vector<Lent> held;
  for (int i = 0; i < 6; ++i) {
    held.push_back(lent(lending, document(kLarge)));
    lending.forget();
    EXPECT_EQ(held.back().slab, held.front().slab) << i;
  }
}

TEST(Lending, ManyBodiesDoNotPushEachOtherOut) {
  Lending lending;
  std::vector<DocumentPtr> documents;
  for (int i = 0; i < 45; ++i) documents.push_back(document(220'000));
  for (int publication = 0; publication < 8; ++publication) {
    int times = 0;
    for (int round = 0; round < 10; ++round) {
      for (const auto& one : documents)
        times += lending.copy_of(one, one->body()).slab == nullptr ? 0 : 1;
    }
    EXPECT_EQ(times, 9 * 7) << publication << ": those of the first 1.5 MiB, from the second on";
    lending.forget();
  }
}

TEST(Lending, RemembersOnlySoManyBodies) {
  Lending lending;
  const auto first = document(kLargest - kLarge);
  const auto second = document(kLarge);
  const auto third = document(kLarge);
  for (const auto& one : {first, second, third}) lending.copy_of(one, one->body());
  EXPECT_EQ(second.use_count(), 2) << "remembered as asked for";
  EXPECT_EQ(third.use_count(), 1) << "copied until the next publication";
  lending.forget();
  EXPECT_EQ(second.use_count(), 1);
}

/// Two ends of a stream; the first does not block.
class Pair {
 public:
  Pair() {
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends_), 0);
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
  }
  ~Pair() {
    ::close(ends_[0]);
    close_far();
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  int near() const { return ends_[0]; }
  void close_far() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }
  /// All that has come.
  std::string read() const {
    std::string all(4 * Slab::kBytes, '\0');
    std::size_t size = 0;
    ssize_t got = 0;
    while ((got = ::recv(ends_[1], all.data() + size, all.size() - size, MSG_DONTWAIT)) > 0)
      size += static_cast<std::size_t>(got);
    all.resize(size);
    return all;
  }

 private:
  int ends_[2] = {-1, -1};
};

/// Whether the system, asked by ourselves, takes pages into a pipe, and from there into a socket.
bool pages_can_be_lent() {
  const Pair pair;
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return false;
  char byte = 'x';
  const iovec from = {&byte, 1};
  const bool taken = ::vmsplice(ends[1], &from, 1, 0) == 1 &&
                     ::splice(ends[0], nullptr, pair.near(), nullptr, 1, 0) == 1;
  ::close(ends[0]);
  ::close(ends[1]);
  return taken;
}

class SplicerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!pages_can_be_lent())
      GTEST_SKIP() << "skipped, because this system takes no pages for sockets";
    ASSERT_TRUE(splicer_.works());
  }

  Splicer splicer_;
  Slab slab_;
};

TEST_F(SplicerTest, WhatOneReaderDoesNotTakeIsNotSentToAnother) {
  const std::string_view mine = slab_.add(std::string(Slab::kBytes / 2, 'm'));
  const std::string_view yours = slab_.add(std::string(1000, 'y'));
  const Pair slow;
  const Pair other;
  boost::system::error_code error;
  const std::size_t sent = splicer_.send(slow.near(), {}, mine, error);
  EXPECT_FALSE(error) << "there is room later";
  EXPECT_LT(sent, mine.size());
  const std::string_view head = slab_.add("head: ");
  EXPECT_EQ(splicer_.send(other.near(), head, yours, error), head.size() + yours.size());
  EXPECT_FALSE(error);
  EXPECT_EQ(other.read(), std::string(head).append(yours));
  // And the slow one goes on where it had stopped.
  std::string got = slow.read();
  while (got.size() < mine.size()) {
    splicer_.send(slow.near(), {}, mine.substr(got.size()), error);
    ASSERT_FALSE(error);
    got += slow.read();
  }
  EXPECT_TRUE(got == mine);
}

TEST_F(SplicerTest, SaysThatAReaderHasGone) {
  block_sigpipe();
  Pair pair;
  pair.close_far();
  boost::system::error_code error;
  EXPECT_EQ(splicer_.send(pair.near(), {}, slab_.add(std::string(kLarge, 'a')), error), 0);
  EXPECT_TRUE(error);
  EXPECT_TRUE(splicer_.works()) << "others are there still";
}

TEST_F(SplicerTest, LeavesToCopyingWhatTakesNoPages) {
  const int counter = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  boost::system::error_code error;
  EXPECT_EQ(splicer_.send(counter, {}, slab_.add(std::string(kLarge, 'a')), error), 0);
  EXPECT_FALSE(error);
  EXPECT_FALSE(splicer_.works()) << "nobody else is to be tried on";
  ::close(counter);
}

class LentDocuments : public samples::ServedPublicly {
 protected:
  static constexpr const char* kPath = "/api/v2/summary.json";
  /// Asks often enough on one connection that pages are lent, and leaves the answers there.
  static std::string asks(int times) {
    std::string all;
    for (int i = 0; i < times; ++i)
      all += "GET " + std::string(kPath) + " HTTP/1.1\r\nHost: x\r\n\r\n";
    return all;
  }
  bool lends() const { return figure("lent_bytes_total") > 0; }
  /// A page of some hundred thousand bytes.
  static SitePtr crowded(State state) {
    Snapshot snapshot = samples::bad_night();
    for (int i = 0; i < 400; ++i) {
      snapshot.services.push_back(samples::service("extra-" + std::to_string(i), state));
    }
    return render(samples::shared(std::move(snapshot)), nullptr, nullptr);
  }
};

TEST_F(LentDocuments, ArriveWholeWhateverIsPublishedMeanwhile) {
  serve(anywhere());
  const SitePtr before = crowded(State::up);
  const SitePtr after = crowded(State::down);
  const std::string first = before->find(kPath)->body();
  const std::string second = after->find(kPath)->body();
  ASSERT_GT(first.size(), std::size_t{64} * 1024);
  ASSERT_NE(first, second);
  server_->publish(before, "");
  // More than sockets hold, and nobody reads at first.
  constexpr int kAsks = 200;
  samples::Wire wire(address_);
  wire.send(asks(kAsks));
  int old = 0;
  int fresh = 0;
  for (int i = 0; i < kAsks; ++i) {
    const std::string answer = wire.read_answer();
    const std::string body = answer.substr(answer.find("\r\n\r\n") + 4);
    old += body == first ? 1 : 0;
    fresh += body == second ? 1 : 0;
    if (i == 1) server_->publish(after, "");
  }
  EXPECT_EQ(old + fresh, kAsks) << "each is one of the two, whole";
  EXPECT_GT(old, 0);
  EXPECT_GT(fresh, 0);
  EXPECT_EQ(lends(), pages_can_be_lent());
}

TEST_F(LentDocuments, ArriveWholeAtReadersWhoSayNoMore) {
  serve(anywhere());
  const SitePtr site = crowded(State::up);
  const std::string body = site->find(kPath)->body();
  server_->publish(site, "");
  samples::Wire wire(address_, 4096);
  wire.send(asks(3));
  wire.says_no_more();
  ASSERT_TRUE(becomes("requests_total", 3));
  const std::string all = wire.read_all();
  std::size_t whole = 0;
  for (auto at = all.find(body); at != std::string::npos; at = all.find(body, at + 1)) ++whole;
  EXPECT_EQ(whole, 3);
  EXPECT_EQ(lends(), pages_can_be_lent());
  EXPECT_TRUE(becomes("connections", 0));
}

TEST_F(LentDocuments, AreNotKeptForReadersWhoHaveGone) {
  serve(anywhere());
  const SitePtr site = crowded(State::up);
  server_->publish(site, "");
  for (const bool says_so : {false, true}) {
    const double before = figure("requests_total");
    samples::Wire wire(address_, 4096);
    wire.send(asks(3));
    if (says_so) wire.says_no_more();
    ASSERT_TRUE(becomes("requests_total", before + 3));
    // Both threads have seen by then what had come before.
    for (int thread = 0; thread < 2; ++thread) last_words(get("/healthz"));
  }
  EXPECT_TRUE(becomes("connections", 0)) << "long before any deadline";
  EXPECT_EQ(lends(), pages_can_be_lent());
}

TEST_F(LentDocuments, AreCopiedForProxies) {
  serve(anywhere());
  const SitePtr site = crowded(State::up);
  server_->publish(site, "");
  samples::Wire wire(address_);
  for (int i = 0; i < 3; ++i) {
    wire.send("GET " + std::string(kPath) +
              " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
    EXPECT_TRUE(wire.read_answer().ends_with(site->find(kPath)->body()));
  }
  EXPECT_FALSE(lends()) << "nobody knows when the reader has it";
}

TEST_F(LentDocuments, AreTakenBackFromReadersWhoNeverTakeThem) {
  if (!pages_can_be_lent())
    GTEST_SKIP() << "skipped, because this system takes no pages for sockets";
  PublicSettings settings = anywhere();
  settings.answer_deadline = settings.keep_alive = std::chrono::milliseconds(80);
  serve(settings);
  const SitePtr site = crowded(State::up);
  server_->publish(site, "");
  samples::Wire wire(address_, 4096);
  wire.send(asks(3));
  ASSERT_TRUE(becomes("requests_total", 3));
  EXPECT_TRUE(becomes("connections", 0));
  EXPECT_TRUE(lends());
  wire.read_all();
  EXPECT_TRUE(wire.was_reset()) << "else the system would keep the pages for as long as they like";
}

}  // namespace
}  // namespace signalbox::web
