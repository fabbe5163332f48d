// Who is let in to a private page: tokens, passwords, passes, and how often one may try.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <latch>

#include "tests/unit/web/samples.h"
#include "web/public/doorkeeper.h"
#include "web/public/doors.h"
#include "web/public/pass.h"

namespace signalbox::web {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

PagePart by_token() {
  PagePart page{"partners", "Partners", "https://status.example/pages/partners", "", {"API"}, {}};
  page.lock = {PageLock::Kind::token, token_digest(kToken)};
  return page;
}

PagePart by_password(std::string_view password) {
  PagePart page{"staff", "Staff", "https://status.example/pages/staff", "", {"API"}, {}};
  page.lock = {PageLock::Kind::password, hash_of_password(password)};
  return page;
}

Room room_of(const PagePart& part) {
  Room room;
  room.show(nullptr, std::make_shared<const PagePart>(part), nullptr);
  return room;
}

Entry entry_with(const PagePart& part, const std::string& query, const std::string& cookie = "",
                 const std::string& authorization = "") {
  Request request;
  request.query = query;
  request.cookie = cookie;
  request.authorization = authorization;
  return entry(request, room_of(part), samples::now());
}

TEST(Token, IsKeptAsADigest) {
  EXPECT_THAT(by_token().lock.digest, Not(HasSubstr(std::string(kToken))));
  EXPECT_TRUE(token_fits(by_token().lock, kToken));
  for (const std::string_view wrong : {"", "0", "0123456789abcdef0123456789abcdeF"}) {
    EXPECT_FALSE(token_fits(by_token().lock, wrong)) << wrong;
  }
  EXPECT_FALSE(token_fits({}, ""));
}

TEST(Pass, OpensItsPageUntilItIsOver) {
  const PagePart page = by_token();
  const std::string pass = pass_to(page, samples::now());
  EXPECT_TRUE(is_pass(page, pass, samples::now() - Duration(1)));
  EXPECT_FALSE(is_pass(page, pass, samples::now()));
}

TEST(Pass, OpensNothingElse) {
  const PagePart page = by_token();
  const Time now = samples::now();
  const std::string pass = pass_to(page, now + kPassLasts);
  PagePart other = page;
  other.slug = "others";
  EXPECT_FALSE(is_pass(other, pass, now)) << "the same token on another page";
  PagePart changed = page;
  changed.lock.digest = token_digest("another token, twenty-two bytes");
  EXPECT_FALSE(is_pass(changed, pass, now)) << "the token was changed";
  PagePart open = page;
  open.lock = {};
  EXPECT_FALSE(is_pass(open, pass, now));
}

TEST(Pass, OpensNoLockWithoutASecret) {
  for (const auto kind : {PageLock::Kind::token, PageLock::Kind::password}) {
    PagePart page = by_token();
    page.lock = {kind, ""};
    const std::string pass = pass_to(page, samples::now() + kPassLasts);
    EXPECT_FALSE(is_pass(page, pass, samples::now())) << "anybody could have made it";
  }
}

TEST(Pass, CannotBeMadeUp) {
  const PagePart page = by_token();
  const Time now = samples::now();
  const std::string pass = pass_to(page, now + kPassLasts);
  for (std::size_t at = 0; at < pass.size(); ++at) {
    std::string forged = pass;
    forged[at] = forged[at] == '0' ? '1' : '0';
    EXPECT_FALSE(is_pass(page, forged, now)) << forged;
  }
  for (const std::string wrong : {"", "-", "9999999999-", "9999999999", "x"}) {
    EXPECT_FALSE(is_pass(page, wrong, now)) << wrong;
  }
}

TEST(Entry, HidesAPageThatATokenOpens) {
  const std::string token(kToken);
  EXPECT_EQ(entry_with(by_token(), ""), Entry::hidden);
  EXPECT_EQ(entry_with(by_token(), "token=wrong"), Entry::hidden);
  EXPECT_EQ(entry_with(by_token(), "token=" + token), Entry::by_link);
  EXPECT_EQ(entry_with(by_token(), "from=1&token=" + token), Entry::by_link);
  EXPECT_EQ(entry_with(by_token(), "", "", "Bearer " + token), Entry::in);
  EXPECT_EQ(entry_with(by_token(), "", "", "Bearer x"), Entry::hidden);
  const std::string pass = pass_to(by_token(), samples::now() + kPassLasts);
  EXPECT_EQ(entry_with(by_token(), "", "a=b; signalbox-partners=" + pass), Entry::in);
  EXPECT_EQ(entry_with(by_token(), "", "signalbox-staff=" + pass), Entry::hidden);
}

TEST(Entry, AsksForAPassword) {
  const PagePart page = by_password("eight bytes");
  EXPECT_EQ(entry_with(page, ""), Entry::form);
  EXPECT_EQ(entry_with(page, "token=" + page.lock.digest), Entry::form);
  EXPECT_EQ(entry_with(page, "", "", "Bearer " + page.lock.digest), Entry::form);
  const std::string pass = pass_to(page, samples::now() + kPassLasts);
  EXPECT_EQ(entry_with(page, "", "signalbox-staff=" + pass), Entry::in);
  EXPECT_EQ(entry_with(PagePart{}, ""), Entry::in);
}

TEST(PassLine, KeepsThePassWhereItBelongs) {
  Room room = room_of(by_token());
  const Place below{&room, "/"};
  EXPECT_THAT(pass_line(below, "https://status.example", samples::now()),
              AllOf(HasSubstr("; Path=/pages/partners/;"), HasSubstr("; HttpOnly"),
                    HasSubstr("; SameSite=Lax"), HasSubstr("; Secure")));
  EXPECT_THAT(pass_line(below, "http://acme.example/status", samples::now()),
              AllOf(HasSubstr("; Path=/status/pages/partners/;"), Not(HasSubstr("Secure"))));
  EXPECT_THAT(pass_line({&room, "/", true}, "http://acme.example", samples::now()),
              AllOf(HasSubstr("; Path=/;"), HasSubstr("; Secure")));
}

TEST(WithoutToken, IsTheSameAddress) {
  Request request;
  request.path = "/pages/partners/services/API";
  request.query = "a=1&token=x&b=2&token=y";
  EXPECT_EQ(without_token(request), "./API?a=1&b=2");
  request.path = "/pages/partners/";
  request.query = "token=x";
  EXPECT_EQ(without_token(request), "./");
}

TEST(PasswordIn, IsDecoded) {
  EXPECT_EQ(password_in("password=a+b%2Bc%C3%A4&x=1"), "a b+cä");
  EXPECT_EQ(password_in("pass=x"), "");
}

TEST(PasswordHash, IsChecked) {
  const std::string hash = hash_of_password("correct horse");
  EXPECT_TRUE(is_password_hash(hash));
  EXPECT_TRUE(password_fits(hash, "correct horse"));
  EXPECT_FALSE(password_fits(hash, "correct horsf"));
  EXPECT_FALSE(password_fits(hash, std::string(kMostPassword + 1, 'x')));
  EXPECT_NE(hash, hash_of_password("correct horse")) << "salted";
}

TEST(PasswordHash, IsRefusedWhenItCannotBeUsed) {
  for (const std::string hash :
       {"", "secret", "$argon2id$", "$argon2i$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g",
        "$argon2id$v=19$m=9999999,t=2,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2g",
        "$argon2id$v=19$m=19456,t=99,p=1$c2FsdHNhbHRzYWx0c2E$aGFzaGhhc2hoYXNoaGFzaGhhc2g"}) {
    EXPECT_FALSE(is_password_hash(hash)) << hash;
  }
}

TEST(Knocks, EndAfterTenWrongOnesOfAnAddress) {
  Knocks knocks;
  const SteadyTime start{};
  for (std::size_t i = 0; i < Knocks::kMostOfAddress; ++i) {
    EXPECT_FALSE(knocks.knock("staff", "192.0.2.1", start));
  }
  const auto wait = knocks.knock("staff", "192.0.2.1", start + std::chrono::minutes(5));
  EXPECT_EQ(wait, std::chrono::minutes(10));
  EXPECT_FALSE(knocks.knock("staff", "192.0.2.2", start));
  EXPECT_FALSE(knocks.knock("other", "192.0.2.1", start));
  EXPECT_FALSE(knocks.knock("staff", "192.0.2.1", start + Knocks::kSpan));
}

TEST(Knocks, CountANetworkOfIPv6AsOne) {
  Knocks knocks;
  for (std::size_t i = 0; i < Knocks::kMostOfAddress; ++i) {
    EXPECT_FALSE(knocks.knock("staff", "2001:db8:0:1::" + std::to_string(i), {}));
  }
  EXPECT_TRUE(knocks.knock("staff", "2001:db8:0:1:ffff::1", {}));
  EXPECT_FALSE(knocks.knock("staff", "2001:db8:0:2::1", {}));
}

TEST(Knocks, CountAnAddressAsOneHoweverItIsWritten) {
  Knocks knocks;
  for (std::size_t i = 0; i < Knocks::kMostOfAddress; ++i) {
    EXPECT_FALSE(knocks.knock("staff", i % 2 == 0 ? "192.0.2.1" : "::ffff:192.0.2.1", {}));
  }
  EXPECT_TRUE(knocks.knock("staff", "192.0.2.1", {}));
  EXPECT_TRUE(knocks.knock("staff", "::ffff:192.0.2.1", {}));
  EXPECT_FALSE(knocks.knock("staff", "", {})) << "a Unix socket's reader";
}

TEST(Knocks, EndForAllAfterTooManyOfAll) {
  Knocks knocks;
  for (std::size_t i = 0; i < Knocks::kMostOfPage; ++i) {
    EXPECT_FALSE(knocks.knock("staff", "10.0." + std::to_string(i / 9) + ".1", {}));
  }
  EXPECT_TRUE(knocks.knock("staff", "192.0.2.1", {}));
  EXPECT_FALSE(knocks.knock("other", "192.0.2.1", {}));
}

TEST(Knocks, DoNotCountWhatWasRight) {
  Knocks knocks;
  for (std::size_t i = 0; i < 3 * Knocks::kMostOfAddress; ++i) {
    EXPECT_FALSE(knocks.knock("staff", "192.0.2.1", {}));
    knocks.forgive("staff", "192.0.2.1");
  }
}

TEST(Doorkeeper, AnswersEveryoneOnce) {
  const SystemClock clock;
  Doorkeeper keeper(clock);
  const PagePart page = by_password("correct horse");
  std::latch answered(3);
  std::array<Welcome::Kind, 3> kinds{};
  const std::array<std::string, 3> passwords = {"correct horse", "wrong horse", ""};
  for (std::size_t at = 0; at < passwords.size(); ++at) {
    keeper.ask(page, passwords.at(at), "192.0.2.1", [&, at](const Welcome& welcome) {
      kinds.at(at) = welcome.kind;
      answered.count_down();
    });
  }
  answered.wait();
  EXPECT_EQ(kinds[0], Welcome::Kind::in);
  EXPECT_EQ(kinds[1], Welcome::Kind::wrong);
  EXPECT_EQ(kinds[2], Welcome::Kind::wrong);
}

}  // namespace
}  // namespace signalbox::web
