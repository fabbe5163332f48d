// One check's conversation: tries it and puts what it found into the basket.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/lines/basket.h"
#include "connectors/connector.h"

namespace signalbox::app {

/// One check. Lives on the net thread; held by shared_ptr like AccountLine.
class CheckLine : public std::enable_shared_from_this<CheckLine> {
 public:
  struct World {
    Basket& basket;                         ///< outlives the line
    std::function<std::uint64_t()> random;  ///< for jitter
  };
  CheckLine(std::string id, std::unique_ptr<connectors::Meter> meter, World world);

  /// One try. Gives how long to wait when it could not be made; nullopt otherwise, also when the
  /// service failed it.
  connectors::Task<std::optional<Duration>> turn();
  /// Nothing found from here on, or waiting in the basket, counts.
  void stop();

 private:
  std::optional<Duration> give_up(const Error& error);

  std::string id_;
  std::unique_ptr<connectors::Meter> meter_;
  World world_;
  int failures_ = 0;
  bool stopped_ = false;
};

}  // namespace signalbox::app
