// Takes what scripts push, checks it on the web's threads, and answers once the core has kept it.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "app/core/loop.h"
#include "app/push/push_plan.h"
#include "app/push/submission.h"
#include "web/public/letterbox.h"

namespace signalbox::app {

/// Thread-safe. Everything accepted is in the readings' file before it is answered; the same again
/// changes nothing, so a sender without an answer sends it again.
class PushDesk final : public web::Letterbox {
 public:
  /// `loop` and `clock` outlive it. `control_token` is asked for where the plan has none.
  PushDesk(CoreLoop& loop, const Clock& clock, Secret control_token, PushPlan plan);

  /// Another configuration.
  void adopt(PushPlan plan);

  bool takes(std::string_view path) const override;
  bool admits(std::string_view authorization) const override;
  void take(web::Letter letter, std::function<void(web::LetterAnswer)> reply) override;

  /// Readings of our own form: what is wrong with them, or what the core has to keep. The core's
  /// thread calls keep().
  Result<std::vector<Reading>> check(std::string_view body) const;
  static Status keep(Core& core, const std::vector<Reading>& readings);
  /// What a sender should know of readings that are kept: that some appear nowhere, and why; "".
  std::string note(const std::vector<Reading>& readings) const;

  /// What may wait for the core at once; more are refused.
  static constexpr int kMostWaiting = 256;

 private:
  using PlanPtr = std::shared_ptr<const PushPlan>;
  PlanPtr plan() const;
  static Status keep(Core& core, const PushPlan& plan, const std::vector<Point>& points);

  CoreLoop& loop_;
  const Clock& clock_;
  const Secret control_token_;
  mutable std::mutex mutex_;
  PlanPtr plan_;
  std::shared_ptr<std::atomic<int>> waiting_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace signalbox::app
