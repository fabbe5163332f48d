// What a source makes of a far side that refuses, hangs or talks nonsense.
#include <gmock/gmock.h>

#include "tests/conformance/meter/far_side.h"

namespace signalbox::testing {
namespace {

using connectors::meter_kinds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Code = Error::Code;

class Refusals : public EveryMeter {
 protected:
  void SetUp() override {
    if (!stage_->over_http()) GTEST_SKIP() << "skipped, because nobody is asked over HTTP";
    counts(0, 9, 10);
    polled(0);
    counts(1, 9, 10);
  }
};
INSTANTIATE_TEST_SUITE_P(Meter, Refusals, ::testing::ValuesIn(meter_kinds()),
                         [](const auto& one) { return std::string(one.param); });

Fault status(int status, net::Headers headers = {}) {
  return [=](const net::Response&) -> Result<net::Response> {
    return net::Response{status, headers, "<html>sorry</html>"};
  };
}
Fault body(const std::string& text) {
  return [=](const net::Response&) -> Result<net::Response> {
    return net::Response{200, {}, text};
  };
}
Result<net::Response> cut_off(net::Response whole) {
  whole.body.resize(whole.body.size() / 2);
  return whole;
}
Result<net::Response> hangs(const net::Response&) { return unavailable("GET far: Timeout"); }
Result<net::Response> too_long(const net::Response&) { return corrupt("GET far: too long"); }

TEST_P(Refusals, AreToldApart) {
  const std::tuple<Fault, Code> table[] = {
      {status(500), Code::unavailable},  {status(401), Code::unauthorized},
      {status(403), Code::unauthorized}, {status(502), Code::unavailable},
      {hangs, Code::unavailable},        {too_long, Code::corrupt},
      {cut_off, Code::corrupt},          {body("<html>hello</html>"), Code::corrupt},
      {body("42"), Code::corrupt},       {body("{\"a\":[null]}"), Code::corrupt},
  };
  for (const auto& [fault, code] : table) {
    befalls("", fault);
    const auto refused = poll(1);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, code) << refused.error().what;
  }
  befalls("", nullptr);
  EXPECT_THAT(poll(1).value().readings, SizeIs(2)) << "nothing was lost";
}

TEST_P(Refusals, AreAskedAgainOnlyAfterTheTimeGiven) {
  befalls("", status(429, {{"retry-after", "90"}}));
  const auto refused = poll(1);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Code::rate_limited);
  EXPECT_EQ(refused.error().retry_after, std::chrono::seconds(90));
  befalls("", nullptr);
  const std::size_t asked = http_.requests.size();
  clock_.advance(std::chrono::seconds(60));
  EXPECT_EQ(poll(1).error().code, Code::rate_limited);
  EXPECT_EQ(http_.requests.size(), asked);
  clock_.advance(std::chrono::seconds(60));
  EXPECT_THAT(poll(1).value().readings, SizeIs(2));
}

TEST_P(Refusals, OfOneServiceCostNoOther) {
  int n = 0;
  for (const Fault& fault : {status(500), Fault(hangs), Fault(cut_off), Fault(too_long)}) {
    counts(++n, 9, 10);
    befalls("A", fault);
    const auto measured = poll(n).value();
    EXPECT_THAT(of(measured, "B"), SizeIs(1));
    EXPECT_THAT(of(measured, "A"), IsEmpty());
    ASSERT_THAT(measured.complaints, SizeIs(1));
    EXPECT_THAT(measured.complaints[0], HasSubstr("far: A: "));
  }
  befalls("", nullptr);
  const auto measured = poll(n).value();
  EXPECT_THAT(of(measured, "A"), SizeIs(static_cast<std::size_t>(n))) << "all came afterwards";
  EXPECT_THAT(measured.complaints, IsEmpty());
}

}  // namespace
}  // namespace signalbox::testing
