#include "app/page_parts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/prepare.h"
#include "web/public/pass.h"

namespace signalbox::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kServices = "services: [{id: A}, {id: B}, {id: C}, {id: D}]\nstore: 'memory:'\n";
const std::string kToken = "0123456789abcdef0123456789abcdef";

std::shared_ptr<const PageParts> parts_of(const std::string& text) {
  const auto loaded = config::load_text(kServices + text, "/etc/sb/signalbox.yaml");
  return loaded.config ? page_parts(*loaded.config) : nullptr;
}

TEST(PageParts, AreNoneWithoutPages) { EXPECT_EQ(parts_of(""), nullptr); }

TEST(PageParts, LeaveToTheMainPageWhatIsNotOnPrivatePagesOnly) {
  const auto parts = parts_of(
      "pages:\n"
      "  - {slug: open, url: 'http://x', services: [A, B]}\n"
      "  - {slug: closed, url: 'http://x', services: [B, C], private: {token: " +
      kToken + "}}\n");
  EXPECT_THAT(parts->main, ElementsAre("A", "B", "D"));
}

TEST(PageParts, DoAsTheMainPageIsTold) {
  const auto parts = parts_of(
      "page: {services: [A, C]}\n"
      "pages: [{slug: closed, url: 'http://x', services: [B, C], private: {token: " +
      kToken + "}}]\n");
  EXPECT_THAT(parts->main, ElementsAre("A", "C"));
}

TEST(PageParts, KeepNoTokenOnlyItsDigest) {
  const auto parts = parts_of(
      "pages: [{slug: c, url: 'http://x', services: A, private: {token: " + kToken + "}}]\n");
  const PageLock& lock = parts->others.at(0).lock;
  EXPECT_EQ(lock.kind, PageLock::Kind::token);
  EXPECT_THAT(lock.digest, testing::Not(HasSubstr(kToken)));
  EXPECT_TRUE(web::token_fits(lock, kToken));
}

TEST(PageParts, RefuseAHashThatCannotBeUsed) {
  const std::string page =
      "pages: [{slug: c, url: 'http://x', services: A, private: {password_hash: '";
  const auto bad =
      prepare(config::load_text(kServices + page + "$argon2id$nonsense'}}]\n", "f.yaml"));
  ASSERT_EQ(bad.misfits.size(), 1U);
  EXPECT_THAT(config::to_text(bad.misfits[0]), HasSubstr("f.yaml:3:"));
  EXPECT_THAT(config::to_text(bad.misfits[0]), HasSubstr("signalbox hash-password"));
  const std::string hash = web::hash_of_password("correct horse");
  const auto good = prepare(config::load_text(kServices + page + hash + "'}}]\n", "f.yaml"));
  EXPECT_THAT(good.misfits, IsEmpty());
}

}  // namespace
}  // namespace signalbox::app
