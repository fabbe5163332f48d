#include <gmock/gmock.h>

#include "connectors/librato/measurements.h"
#include "net/url.h"
#include "tests/unit/connectors/query_fixture.h"

namespace signalbox::connectors::librato {
namespace {

using signalbox::testing::QueryFixture;
using signalbox::testing::run;
using ::testing::HasSubstr;

std::string measured(const std::string& sources, const std::string& query = "{}") {
  return R"({"type":"gauge","name":"m","resolution":60,"measurements":{)" + sources +
         R"(},"query":)" + query + "}";
}

class LibratoTest : public QueryFixture {
 protected:
  std::unique_ptr<Meter> made(const Texts& asked) {
    return meter("librato", setup({{"user", "ann@acme.example"}, {"token", "hush"}}, asked));
  }
  void answers(const std::string& total, const std::string& part, int part_status = 200) {
    answer_ = [=](const net::Request& request) -> Result<net::Response> {
      const bool is_total = net::path_of(request.url) == "/v1/metrics/web.total";
      return is_total ? net::Response{200, {}, total} : net::Response{part_status, {}, part};
    };
  }
};

TEST_F(LibratoTest, AddsUpTheCountsOfAllSources) {
  answers(measured(R"("a":[{"measure_time":1795233540,"count":60,"sum":1}],
                      "b":[{"measure_time":1795233540,"count":40,"sum":1},
                           {"measure_time":1795233600,"count":9,"sum":1}])"),
          measured(R"("a":[{"measure_time":1795233540,"count":3,"sum":1}])"));
  const auto got = run(made({{"total", "web.total"}, {"bad", "web.5xx"}})->poll("")).value();
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].instant, start_);
  EXPECT_EQ(got.readings[0].total, 100);
  EXPECT_EQ(got.readings[0].good, 97);
  const net::Request& asked = http_.requests.at(0);
  const auto query = net::parse_form(net::query_of(asked.url));
  EXPECT_EQ(net::value_of(query, "resolution"), "60");
  EXPECT_EQ(net::value_of(query, "start_time"), std::to_string(kStart - 60));
  EXPECT_EQ(asked.headers.at(0).second, "Basic YW5uQGFjbWUuZXhhbXBsZTpodXNo");
}

TEST_F(LibratoTest, ReadsTheFieldAskedForAndEveryPage) {
  answer_ = [](const net::Request& request) -> Result<net::Response> {
    const auto query = net::parse_form(net::query_of(request.url));
    EXPECT_EQ(net::value_of(query, "source"), "web*");
    const bool first = net::value_of(query, "start_time") == std::to_string(kStart - 60);
    return net::Response{200,
                         {},
                         first ? measured(R"("a":[{"measure_time":1795233540,"sum":5}])",
                                          R"({"next_time":1795233570})")
                               : measured(R"("a":[{"measure_time":1795233570,"sum":2}])")};
  };
  const auto got =
      run(made({{"total", "t"}, {"good", "g"}, {"field", "sum"}, {"of", "web*"}})->poll(""))
          .value();
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ(got.readings[0].total, 7);
}

TEST_F(LibratoTest, ABadMetricThatWasNeverWrittenIsNoneWhereThatIsSaid) {
  const std::string total = measured(R"("a":[{"measure_time":1795233540,"count":10}])");
  answers(total, R"({"errors":{"request":["Not Found"]}})", 404);
  const auto unsaid = run(made({{"total", "web.total"}, {"bad", "b"}})->poll("")).value();
  EXPECT_THAT(unsaid.complaints.at(0), HasSubstr("bad never had a value"));
  const auto got =
      run(made({{"total", "web.total"}, {"bad", "b"}, {"bad_may_be_absent", "true"}})->poll(""))
          .value();
  EXPECT_EQ(got.readings.at(0).good, 10);
}

TEST_F(LibratoTest, TellsFailuresApart) {
  const Duration minute = std::chrono::minutes(1);
  for (const char* odd :
       {"", "<html>", "[]", "{}", R"({"measurements":[]})",
        R"({"measurements":{"a":[{"count":1}]}})", R"({"measurements":{"a":3}})"}) {
    EXPECT_EQ(read_page(odd, "count", minute).error().code, Error::Code::corrupt) << odd;
  }
  const auto page =
      read_page(measured(R"("a":[{"measure_time":1795233540,"value":1}])"), "count", minute);
  EXPECT_EQ(page.error().code, Error::Code::invalid);
  EXPECT_THAT(page.error().what, HasSubstr("no `count`"));
}

}  // namespace
}  // namespace signalbox::connectors::librato
