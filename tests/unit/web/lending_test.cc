// Large bodies go to readers by reference: whole, each the right one, whatever is published and
// whoever does not read meanwhile.
#include "web/public/lending.h"

#include <fcntl.h>

#include <boost/asio/error.hpp>

#include "tests/unit/web/public_fixture.h"
#include "web/public/sigpipe.h"
#include "web/public/splicer.h"

namespace signalbox::web {
namespace {

constexpr std::size_t kLarge = 300'000;

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
  EXPECT_EQ(lent(lending, document(Slab::kBytes + 1)).slab, nullptr);
  EXPECT_EQ(lent(lending, document(Slab::kBytes)).bytes.size(), Slab::kBytes);
}

TEST(Lending, BodiesDoNotTouchEachOther) {
  Lending lending;
  std::vector<Lent> all;
  std::vector<DocumentPtr> documents;
  for (char c = 'a'; c <= 'm'; ++c) {
    documents.push_back(document(kLarge + static_cast<std::size_t>(c), c));
    all.push_back(lent(lending, documents.back()));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_NE(all[i].slab, nullptr) << i;
    EXPECT_EQ(all[i].bytes, documents[i]->body()) << i;
  }
}

TEST(Lending, ReadersOfOldDocumentsHoldOnlySoMuch) {
  Lending lending;
  std::vector<Lent> held;
  for (int i = 0; i < 4; ++i) {
    held.push_back(lent(lending, document(kLarge)));
    ASSERT_NE(held.back().slab, nullptr) << i;
    lending.forget();
  }
  const auto next = document(kLarge);
  EXPECT_EQ(lent(lending, next).slab, nullptr) << "it is copied";
  EXPECT_EQ(held[0].bytes, std::string(kLarge, 'a')) << "they have theirs to the end";
  held.pop_back();
  EXPECT_NE(lending.copy_of(next, next->body()).slab, nullptr);
}

TEST(Lending, RemembersOnlySoManyBodies) {
  Lending lending;
  const auto first = document(Slab::kBytes);
  lending.copy_of(first, first->body());
  EXPECT_EQ(first.use_count(), 2) << "remembered as asked for";
  for (int i = 0; i < 4; ++i) {
    const auto other = document(Slab::kBytes);
    lending.copy_of(other, other->body());
  }
  EXPECT_EQ(first.use_count(), 1) << "and given up for others";
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

TEST(Splicer, WhatOneReaderDoesNotTakeIsNotSentToAnother) {
  Splicer splicer;
  if (!splicer.works()) GTEST_SKIP() << "skipped, because pages cannot be spliced here";
  Slab slab;
  const std::string_view mine = slab.add(std::string(Slab::kBytes / 2, 'm'));
  const std::string_view yours = slab.add(std::string(1000, 'y'));
  const Pair slow;
  const Pair other;
  boost::system::error_code error;
  const std::size_t sent = splicer.send(slow.near(), mine, error);
  if (error == boost::asio::error::operation_not_supported) {
    GTEST_SKIP() << "skipped, because pages cannot be spliced here";
  }
  EXPECT_EQ(error, boost::asio::error::would_block);
  EXPECT_LT(sent, mine.size());
  EXPECT_EQ(splicer.send(other.near(), yours, error), yours.size());
  EXPECT_FALSE(error);
  EXPECT_EQ(other.read(), yours);
  // And the slow one goes on where it had stopped.
  std::string got = slow.read();
  while (got.size() < mine.size()) {
    splicer.send(slow.near(), mine.substr(got.size()), error);
    got += slow.read();
  }
  EXPECT_TRUE(got == mine);
}

TEST(Splicer, SaysThatAReaderHasGone) {
  block_sigpipe();
  Splicer splicer;
  if (!splicer.works()) GTEST_SKIP() << "skipped, because pages cannot be spliced here";
  Slab slab;
  Pair pair;
  pair.close_far();
  boost::system::error_code error;
  EXPECT_EQ(splicer.send(pair.near(), slab.add(std::string(kLarge, 'a')), error), 0);
  EXPECT_TRUE(error);
  EXPECT_NE(error, boost::asio::error::would_block);
}

class LentDocuments : public samples::ServedPublicly {
 protected:
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
  const std::string path = "/api/v2/summary.json";
  const std::string first = before->find(path)->body();
  const std::string second = after->find(path)->body();
  ASSERT_GT(first.size(), std::size_t{64} * 1024);
  ASSERT_NE(first, second);
  server_->publish(before, "");
  // More than sockets hold, and nobody reads at first.
  constexpr int kAsks = 200;
  std::string asks;
  for (int i = 0; i < kAsks; ++i) asks += "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
  samples::Wire wire(address_);
  wire.send(asks);
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
}

}  // namespace
}  // namespace signalbox::web
