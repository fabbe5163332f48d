#include "app/lines/check_line.h"

#include <utility>

#include "net/backoff.h"

namespace signalbox::app {

CheckLine::CheckLine(std::string id, std::unique_ptr<connectors::Meter> meter, World world)
    : id_(std::move(id)), meter_(std::move(meter)), world_(std::move(world)) {}

connectors::Task<std::optional<Duration>> CheckLine::turn() {
  const auto self = shared_from_this();
  auto measured = co_await meter_->poll("");
  if (stopped_) co_return std::nullopt;
  if (!measured) co_return give_up(measured.error());
  failures_ = 0;
  world_.basket.put({id_, std::move(*measured)});
  co_return std::nullopt;
}

// It found nothing, and staff hears why: the same as a try that says nothing about the service.
std::optional<Duration> CheckLine::give_up(const Error& error) {
  connectors::Measured nothing;
  nothing.complaints.push_back(error.what);
  world_.basket.put({id_, std::move(nothing)});
  return net::backoff(++failures_, error, world_.random());
}

void CheckLine::stop() {
  stopped_ = true;
  world_.basket.drop(id_);
}

}  // namespace signalbox::app
