#include "app/core/records.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace signalbox::app {
namespace {

using nlohmann::json;

Event received(Verdict verdict) {
  PostReceived what;
  what.post.account = "fedi";
  what.post.id = "p1";
  what.verdict = verdict;
  what.reason = "safety_catch";
  return {7, Time(std::chrono::hours(500'000)), what};
}

TEST(Audit, NamesTheHeldReportInTheEntryOfItsPost) {
  const json entry = json::parse(audit_json(received(Verdict::held)));
  EXPECT_EQ(entry["held"], held_id(7));
  EXPECT_EQ(entry["reason"], "safety_catch");
  EXPECT_EQ(entry["post"]["id"], "p1");
  EXPECT_FALSE(json::parse(audit_json(received(Verdict::applied))).contains("held"));
}

TEST(Checkpoint, IsRefusedWhenItDoesNotSayWhenTheLedgerBegan) {
  Book book;
  book.seq = 3;
  EXPECT_FALSE(decode_checkpoint(encode_checkpoint(book, {})));
  book.began = Time(std::chrono::hours(1));
  EXPECT_TRUE(decode_checkpoint(encode_checkpoint(book, {})));
}

}  // namespace
}  // namespace signalbox::app
