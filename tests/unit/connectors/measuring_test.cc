#include "connectors/measuring.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "connectors/sign_in.h"

namespace signalbox::connectors {
namespace {

using std::chrono::seconds;

Time at(long long s) { return Time(seconds(s)); }

TEST(Instants, AreAlignedAndNeverOverlap) {
  const Duration minute = seconds(60);
  EXPECT_EQ(instants_due({}, at(6000 + 59), minute), std::vector<Time>{at(6000)});
  EXPECT_EQ(instants_due(at(6000), at(6059), minute), std::vector<Time>{});
  EXPECT_EQ(instants_due(at(6000), at(6060), minute), std::vector<Time>{at(6060)});
  EXPECT_EQ(instants_due(at(6000), at(6180), minute),
            (std::vector<Time>{at(6060), at(6120), at(6180)}));
}

TEST(Instants, GoBackAnHourAtMost) {
  const auto due = instants_due(at(60), at(86400), seconds(60));
  ASSERT_EQ(due.size(), 60U);
  EXPECT_EQ(due.front(), at(86400 - 3540));
  EXPECT_EQ(due.back(), at(86400));
  EXPECT_EQ(instants_due(at(86400), at(86400 + 3000), seconds(1)).size(), 120U);
}

TEST(Instants, SurviveAClockSetBack) {
  EXPECT_TRUE(instants_due(at(6060), at(6000), seconds(60)).empty());
  EXPECT_EQ(instants_due(at(86400), at(6000), seconds(60)), std::vector<Time>{at(6000)});
}

TEST(WithEvery, WritesTheIntervalInSeconds) {
  EXPECT_EQ(with_every("rate(x[$every])+y[$every]", seconds(60)), "rate(x[60s])+y[60s]");
  EXPECT_EQ(with_every("x[$every]", Duration(1500)), "x[1500ms]");
}

TEST(JudgeCounts, TakesEvidenceOnly) {
  const double nan = std::nan("");
  const double inf = std::numeric_limits<double>::infinity();
  const std::optional<double> none;
  struct Row {
    std::optional<double> good, total;
    bool seen;
    std::optional<double> good_out;
    const char* complaint;
  };
  const Row table[] = {
      {97, 100, false, 97, ""},
      {none, none, true, none, "total has no value"},
      {97, none, true, none, "total has no value"},
      {none, 100, true, 0, ""},
      {none, 100, false, none, "good never had a value"},
      {none, 0, false, 0, ""},
      {0, 0, true, 0, ""},
      {nan, 100, true, none, "good is NaN"},
      {97, nan, true, none, "total is NaN"},
      {97, inf, true, none, "total is infinite"},
      {-1, 100, true, none, "good is negative"},
      {0, -1, true, none, "total is negative"},
      {101, 100, true, none, "good is more than total"},
      {100.00000001, 100, true, 100, ""},
  };
  for (const Row& row : table) {
    const Judged judged = judge_counts(row.good, row.total, row.seen, seconds(60));
    EXPECT_EQ(judged.counts.has_value(), row.good_out.has_value()) << row.complaint;
    EXPECT_DOUBLE_EQ(judged.counts ? judged.counts->good : -1, row.good_out.value_or(-1));
    EXPECT_EQ(judged.complaint.find(row.complaint), 0U) << judged.complaint;
    EXPECT_EQ(judged.complaint.empty(), judged.counts.has_value());
  }
}

TEST(SignIn, IsAHeaderAndNeverAnAddress) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  const Settings basic({{"user", {"ann", {}, 1, 1}}, {"password", {"pw", {}, 1, 1}}});
  EXPECT_EQ(sign_in(basic).at(0).second, "Basic " + base64("ann:pw"));
  const Settings bearer({{"token", {"t", {}, 1, 1}}});
  EXPECT_EQ(sign_in(bearer).at(0).second, "Bearer t");
  EXPECT_TRUE(sign_in(Settings{}).empty());
}

}  // namespace
}  // namespace signalbox::connectors
