// What staff can ask of the control plane, path by path.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "web/control/gate.h"
#include "web/control/message.h"
#include "web/control/server.h"

namespace signalbox::web {

/// Thread-safe as far as `control` is.
class Routes {
 public:
  /// Both outlive it.
  Routes(Control& control, Gate& gate) : control_(control), gate_(gate) {}

  /// Whether a request goes on, as far as its head tells.
  Admission admit(std::string_view method, std::string_view target, const Credentials& credentials);

  /// Which threads a request is for: at once for what never waits, the others wait for the core.
  enum class Way { at_once, order, question };
  static Way way(const StaffRequest& request);
  /// Answers a request that was admitted.
  StaffAnswer answer(const StaffRequest& request);
  /// What is said when no thread was free for it in time.
  static StaffAnswer busy();

 private:
  std::optional<StaffAnswer> queries(const StaffRequest& request);
  std::optional<StaffAnswer> orders(const StaffRequest& request);
  StaffAnswer post(const StaffRequest& request);
  StaffAnswer open_session(const StaffRequest& request);
  StaffAnswer say_from_form(const StaffRequest& request);
  StaffAnswer console_after(const ControlAnswer& answer);

  Control& control_;
  Gate& gate_;
};

}  // namespace signalbox::web
