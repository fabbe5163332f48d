#include "web/public/answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace signalbox::web {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(SmallAnswers, SayTheirStatusInWords) {
  EXPECT_THAT(plain_head(404, 23, ""), StartsWith("HTTP/1.1 404 Not Found\r\n"));
  EXPECT_EQ(plain_body(404), "There is nothing here.\n");
  EXPECT_THAT(json_head(422, 2, "A: b\r\n"), HasSubstr("\r\nA: b\r\n"));
}

TEST(SmallAnswers, AreNoSuccessWhereTheirStatusHasNoWords) {
  EXPECT_THAT(plain_head(418, 0, ""), StartsWith("HTTP/1.1 500 Internal Server Error\r\n"));
  EXPECT_EQ(plain_body(418), "Something is wrong here.\n");
}

}  // namespace
}  // namespace signalbox::web
