// The far side of one kind of check, as it can be met: the suite asks for each of these.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tests/unit/connectors/checking.h"

namespace signalbox::testing {

/// Settings for one meeting each, and what must be kept alive for it. Every secret begins with
/// `hush`.
class FarSide {
 public:
  virtual ~FarSide() = default;
  virtual std::string_view kind() const = 0;
  virtual Asked good() = 0;
  virtual Asked refused() = 0;
  virtual Asked hanging() = 0;
  /// Empty for a kind that understands anything.
  virtual Asked nonsense() = 0;
  virtual Asked no_way() = 0;
  /// A good answer that takes two seconds by the clock, and what carries it; null: the real client.
  virtual Asked slow(FakeClock& clock) = 0;
  virtual net::Http* slow_http() { return nullptr; }
};

/// Never null: aborts for a kind that has none.
std::unique_ptr<FarSide> far_side(std::string_view kind);

}  // namespace signalbox::testing
