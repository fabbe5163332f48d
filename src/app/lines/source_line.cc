#include "app/lines/source_line.h"

#include <algorithm>
#include <utility>

#include "app/lines/ask.h"
#include "base/log.h"
#include "net/backoff.h"

namespace signalbox::app {

namespace {

// A source that is well again is to be believed again soon; what was missed meanwhile is asked for
// then.
constexpr Duration kLongestWait = std::chrono::minutes(1);

}  // namespace

SourceLine::SourceLine(std::string id, std::string cursor_of, Duration every,
                       std::unique_ptr<connectors::Meter> meter, World world)
    : id_(std::move(id)),
      cursor_of_(std::move(cursor_of)),
      every_(every),
      meter_(std::move(meter)),
      world_(std::move(world)) {}

connectors::Task<std::optional<Duration>> SourceLine::turn() {
  const auto self = shared_from_this();
  const Status status = co_await poll();
  co_return wait_after(status);
}

connectors::Task<Status> SourceLine::poll() {
  if (!resumed_) {
    const Status known = co_await recall_cursor();
    if (!known) co_return known;
    resumed_ = true;
  }
  auto measured = co_await meter_->poll(cursor_);
  if (!measured) co_return measured.error();
  const std::string cursor = measured->cursor;
  const Status kept = co_await hand_in(std::move(*measured));
  if (kept) cursor_ = cursor;
  co_return kept;
}

// Put together outside of coroutines, like AccountLine's.
connectors::Task<Status> SourceLine::recall_cursor() {
  return ask(world_.loop, [self = shared_from_this()](Core& core, const Done& done) {
    const auto cursor = core.store().reading_cursor(self->cursor_of_);
    if (cursor) self->cursor_ = cursor->value_or("");
    done(cursor ? Status() : Status(cursor.error()));
  });
}

connectors::Task<Status> SourceLine::hand_in(connectors::Measured measured) {
  return ask(world_.loop, [self = shared_from_this(), measured = std::move(measured)](
                              Core& core, const Done& done) {
    if (self->stopped_) return done(unavailable("the source was reconfigured"));
    core.take_readings(self->id_, measured, store::Cursor{self->cursor_of_, measured.cursor}, done);
  });
}

std::optional<Duration> SourceLine::wait_after(const Status& status) {
  const std::string about = "source " + id_ + " does not answer";
  if (status) {
    if (failures_ > 0) world_.loop.post([about](Core& core) { core.trouble_over(about); });
    failures_ = 0;
    return std::nullopt;
  }
  if (++failures_ == 3) {
    world_.loop.post(
        [about, what = status.error().what](Core& core) { core.report_trouble(about, what); });
  } else {
    log::info("source " + id_ + ": " + status.error().what);
  }
  return std::max(every_, net::backoff(failures_, status.error(), world_.random(),
                                       std::chrono::seconds(1), kLongestWait));
}

}  // namespace signalbox::app
