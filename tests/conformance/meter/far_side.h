// Every METER of connectors.def against its stage, on a clock of the test's.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "connectors/registry.h"
#include "tests/conformance/meter/meter_stage.h"
#include "tests/support/fake_clock.h"
#include "tests/support/run.h"
#include "tests/unit/connectors/scripted_http.h"

namespace signalbox::testing {

/// What becomes of an answer on its way.
using Fault = std::function<Result<net::Response>(net::Response)>;

class EveryMeter : public ::testing::TestWithParam<std::string_view> {
 protected:
  EveryMeter() : stage_(make_meter_stage(GetParam())), setup_(stage_->setup()) { restart(); }

  void SetUp() override {
    if (!stage_->is_asked()) GTEST_SKIP() << "skipped, because its readings come by themselves";
  }
  /// A new connector; what it knows is in the cursor.
  void restart() {
    meter_ =
        connectors::meter_kind(GetParam())->make(setup_, connectors::World{http_, pause_, clock_});
    EXPECT_TRUE(setup_.settings.mistakes().empty());
  }
  Time minute(int n) const { return start_ + std::chrono::minutes(n); }
  void counts(int n, std::optional<double> good, std::optional<double> total) {
    for (const char* service : {"A", "B"}) stage_->counts(service, minute(n), {good, total});
  }
  /// One poll after minute `n` is over. The cursor is kept when it succeeds.
  Result<connectors::Measured> poll(int n) {
    clock_.set(minute(n) + stage_->late());
    auto measured = run(meter_->poll(cursor_));
    if (measured) {
      EXPECT_TRUE(std::ranges::is_sorted(measured->readings, {}, &Reading::instant));
      cursor_ = measured->cursor;
      for (const std::string& line : measured->complaints) keeps_secret(line);
    } else {
      keeps_secret(measured.error().what);
    }
    return measured;
  }
  /// The same, where nothing but success will do.
  void polled(int n) { EXPECT_TRUE(poll(n)); }
  static void keeps_secret(const std::string& text) {
    EXPECT_EQ(text.find(MeterStage::kSecret), std::string::npos) << text;
  }
  /// Readings of one service.
  static std::vector<Reading> of(const connectors::Measured& measured, const std::string& service) {
    std::vector<Reading> found;
    for (const Reading& one : measured.readings) {
      if (one.service == service) found.push_back(one);
    }
    return found;
  }
  /// Every answer about `service` ("": about any) goes through `fault` from now on.
  void befalls(const std::string& service, Fault fault) {
    about_ = "svc" + service;
    fault_ = std::move(fault);
  }

  const Time start_{std::chrono::seconds(1795233600)};
  FakeClock clock_{start_};
  FakePause pause_{clock_};
  std::string about_;
  Fault fault_;
  ScriptedHttp http_{[this](const net::Request& request) -> Result<net::Response> {
    keeps_secret(request.url);
    net::Response whole = stage_->answer(request);
    const bool hit = fault_ && (request.url + request.body).find(about_) != std::string::npos;
    return hit ? fault_(std::move(whole)) : Result<net::Response>(std::move(whole));
  }};
  std::unique_ptr<MeterStage> stage_;
  connectors::SourceSetup setup_;
  std::unique_ptr<connectors::Meter> meter_;
  std::string cursor_;
};

}  // namespace signalbox::testing
