#include <gmock/gmock.h>

#include "connectors/influxdb/flux.h"
#include "connectors/influxdb/influxql.h"
#include "net/url.h"
#include "tests/unit/connectors/query_fixture.h"
#include "tests/unit/connectors/shared_data.h"

namespace signalbox::connectors::influxdb {
namespace {

using signalbox::testing::QueryFixture;
using signalbox::testing::run;
using ::testing::HasSubstr;

constexpr Duration kMinute = std::chrono::minutes(1);
const char kTotal[] = "SELECT sum(\"n\") FROM req";
const char kGood[] = "SELECT sum(\"n\") FROM req WHERE code !~ /^5/";

std::string answer_of(const std::string& values) {
  const std::string series =
      R"(,"series":[{"name":"req","columns":["time","sum"],"values":[)" + values + "]}]";
  return R"({"results":[{"statement_id":0)" + (values.empty() ? "" : series) + "}]}";
}

class Influxdb1 : public QueryFixture {
 protected:
  std::unique_ptr<Meter> made() {
    return meter("influxdb", setup({{"database", "web"}, {"user", "ann"}, {"password", "pw"}},
                                   {{"total", kTotal}, {"good", kGood}}));
  }
  void answers(const std::string& body, int status = 200) {
    answer_ = [=](const net::Request&) -> Result<net::Response> {
      return net::Response{status, {}, body};
    };
  }
};

TEST_F(Influxdb1, AsksForBothSumsOfAnInterval) {
  answer_ = [](const net::Request& request) -> Result<net::Response> {
    const bool good = request.url.find("code") != std::string::npos;
    return net::Response{
        200,
        {},
        answer_of(good ? "[1795233540000,97]" : "[1795233540000,null],[1795233540000,100]")};
  };
  const auto measured = run(made()->poll("")).value();
  ASSERT_EQ(measured.readings.size(), 1U);
  EXPECT_EQ(measured.readings[0].instant, start_);
  EXPECT_EQ(measured.readings[0].good, 97);
  EXPECT_EQ(measured.readings[0].total, 100);
  const auto query = net::parse_form(net::query_of(http_.requests.at(1).url));
  EXPECT_EQ(net::value_of(query, "db"), "web");
  EXPECT_EQ(net::value_of(query, "epoch"), "ms");
  EXPECT_EQ(net::value_of(query, "q"),
            "SELECT sum(\"n\") FROM req WHERE code !~ /^5/ AND time >= 1795233540000ms AND time < "
            "1795233600000ms GROUP BY time(60s) fill(none)");
  EXPECT_EQ(http_.requests.at(0).headers.at(0).second, "Basic YW5uOnB3");
}

TEST_F(Influxdb1, TellsFailuresApart) {
  answers(R"({"error":"error parsing query: found SELEC"})", 400);
  auto measured = run(made()->poll("")).value();
  EXPECT_THAT(measured.complaints.at(0), HasSubstr("found SELEC"));
  answers(R"({"results":[{"statement_id":0,"error":"database not found: web"}]})");
  measured = run(made()->poll("")).value();
  EXPECT_THAT(measured.complaints.at(0), HasSubstr("database not found"));
  answers(R"({"error":"authorization failed"})", 401);
  EXPECT_EQ(run(made()->poll("")).error().code, Error::Code::unauthorized);
  for (const char* odd : {"", "<html>", "[]", "{\"results\":[]}", "{\"results\":[3]}",
                          R"({"results":[{"series":[{"columns":["time","a"]}]}]})"}) {
    answers(odd);
    EXPECT_EQ(run(made()->poll("")).error().code, Error::Code::corrupt) << odd;
  }
}

TEST(Influxql, MakesStatementsReady) {
  const auto ready = [](const char* written) { return ready_statement(written, kMinute); };
  EXPECT_EQ(*ready("select count(x) from a WHERE\nb = 1;"),
            "select count(x) from a WHERE\nb = 1 AND $time GROUP BY time(60s) fill(none)");
  EXPECT_EQ(*ready("SELECT sum(x) FROM a WHERE $time GROUP BY time(60s), host"),
            "SELECT sum(x) FROM a WHERE $time GROUP BY time(60s), host");
  for (const char* wrong :
       {"DROP DATABASE a", "SELECT a FROM b; DROP DATABASE c",
        "SELECT sum(x) FROM a GROUP BY time(60s)", "SELECT sum(x) FROM a WHERE $time",
        "SELECT x FROM a WHERE $time GROUP BY host"}) {
    EXPECT_EQ(ready(wrong).error().code, Error::Code::invalid) << wrong;
  }
}

TEST(Influxql, ReadsRealAnswers) {
  using signalbox::testing::shared_text;
  const std::string captured = shared_text("captures/influxdb1-query.json");
  if (captured.empty()) GTEST_SKIP() << "skipped, because the shared data is not here";
  const auto sums = read_sums(captured, kMinute);  // recorded with epoch=s
  ASSERT_TRUE(sums) << sums.error().what;
  EXPECT_EQ(sums->size(), 3U) << "nulls are no numbers";
  EXPECT_EQ(sums->at(Time(Duration(1795223760)) + kMinute), 303) << "tags are added up";
  EXPECT_EQ(read_sums(shared_text("captures/influxdb1-nodb.json"), kMinute).error().code,
            Error::Code::invalid);
}

const char kFlux[] =
    "from(bucket:\"web\") |> range(start: $from, stop: $to) |> aggregateWindow(every: $every, fn: "
    "sum)";

class Influxdb2 : public QueryFixture {
 protected:
  std::unique_ptr<Meter> made() {
    return meter("influxdb", setup({{"org", "acme"}, {"token", "hush"}},
                                   {{"total", std::string(kFlux) + " // total"}, {"bad", kFlux}}));
  }
};

TEST_F(Influxdb2, AsksInFluxAndReadsTables) {
  answer_ = [](const net::Request& request) -> Result<net::Response> {
    const bool total = request.body.find("total") != std::string::npos;
    const std::string header =
        "#datatype,string,long,dateTime:RFC3339,double,string\r\n#group,false,false,false,false,"
        "true"
        "\r\n#default,_result,,,,\r\n,result,table,_time,_value,code\r\n";
    const std::string rows = total ? ",,0,2026-11-21T04:00:00Z,60,\"2\"\"x\"\"\n,y\"\r\n"
                                     ",,1,2026-11-21T04:00:00Z,40,500\r\n"
                                   : ",,0,2026-11-21T04:00:00Z,3,500\r\n";
    return net::Response{200, {}, header + rows + "\r\n"};
  };
  const auto measured = run(made()->poll("")).value();
  ASSERT_EQ(measured.readings.size(), 1U) << measured.complaints.at(0);
  EXPECT_EQ(measured.readings[0].instant, start_);
  EXPECT_EQ(measured.readings[0].total, 100);
  EXPECT_EQ(measured.readings[0].good, 97);
  const net::Request& asked = http_.requests.at(0);
  EXPECT_EQ(asked.method, "POST");
  EXPECT_EQ(asked.url, "http://far.test/api/v2/query?org=acme");
  EXPECT_EQ(asked.headers.at(0).second, "Token hush");
  EXPECT_THAT(asked.body, HasSubstr("range(start: 2026-11-21T03:59:00.000Z, stop: "
                                    "2026-11-21T04:00:00.000Z) |> aggregateWindow(every: 60s,"));
}

TEST_F(Influxdb2, TellsFailuresApart) {
  const auto answers = [&](int status, const std::string& body) {
    answer_ = [=](const net::Request&) -> Result<net::Response> {
      return net::Response{status, {}, body};
    };
  };
  answers(404, R"({"code":"not found","message":"could not find bucket \"web\""})");
  EXPECT_THAT(run(made()->poll("")).value().complaints.at(0), HasSubstr("could not find bucket"));
  answers(401, R"({"code":"unauthorized","message":"unauthorized access"})");
  EXPECT_EQ(run(made()->poll("")).error().code, Error::Code::unauthorized);
  answers(200, ",error,reference\r\n,division by zero,897\r\n");
  EXPECT_THAT(run(made()->poll("")).value().complaints.at(0), HasSubstr("division by zero"));
  for (const char* odd :
       {"<html>\n", "{}\n", ",result,table,_time,_value\r\n,,0,2026-11-21T04:0",
        ",_time,_value\r\n,x,1\r\n", ",_time,_value\r\n,2026-11-21T04:00:00Z\r\n"}) {
    answers(200, odd);
    EXPECT_EQ(run(made()->poll("")).error().code, Error::Code::corrupt) << odd;
  }
}

TEST(InfluxdbSettings, AreOfOneVersion) {
  const auto mistakes = [](std::map<std::string, Setting> of_source, const char* total) {
    SourceSetup setup;
    setup.settings = Settings(std::move(of_source));
    setup.questions.push_back(
        {"API", Settings({{"total", {total, {}, 1, 1}}, {"good", {total, {}, 1, 1}}})});
    signalbox::testing::FakeClock clock;
    signalbox::testing::FakePause pause(clock);
    signalbox::testing::ScriptedHttp http(
        [](const net::Request&) -> Result<net::Response> { return internal("unasked"); });
    meter_kind("influxdb")->make(setup, World{http, pause, clock});
    return setup.settings.mistakes().size() + setup.questions[0].settings.mistakes().size();
  };
  const Setting text{"x", {}, 1, 1};
  EXPECT_EQ(mistakes({{"database", text}}, kTotal), 0U);
  EXPECT_EQ(mistakes({{"org", text}, {"token", text}}, kFlux), 0U);
  EXPECT_EQ(mistakes({}, kTotal), 1U);
  EXPECT_EQ(mistakes({{"org", text}}, kFlux), 1U);
  EXPECT_EQ(mistakes({{"org", text}, {"token", text}, {"database", text}}, kFlux), 1U);
  EXPECT_EQ(mistakes({{"database", text}}, kFlux), 2U);
  EXPECT_EQ(mistakes({{"org", text}, {"token", text}}, kTotal), 2U);
}

}  // namespace
}  // namespace signalbox::connectors::influxdb
