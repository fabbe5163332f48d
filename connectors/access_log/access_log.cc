// The access_log kind: the share of requests served, read from a web server's own log, or sent by
// syslog.
#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "connectors/access_log/counted.h"
#include "connectors/access_log/listener.h"
#include "connectors/access_log/rules.h"
#include "connectors/access_log/tail.h"
#include "connectors/registry.h"

namespace signalbox::connectors::access_log {
namespace {

/// To which reading a line of a file belongs. One poll is one reading, at its own instant; after a
/// pause of more than two intervals lines are sorted by their own times into the instants that were
/// missed, so that an hour's backlog does not look like one minute's traffic.
class Instants {
 public:
  Instants(std::optional<Time> last, Time now, Duration every)
      : last_(last && now - *last > 2 * every ? last : std::nullopt), now_(now), every_(every) {}

  Time of(Time written) const {
    if (!last_ || written >= now_ || written == Time{}) return now_;
    const auto steps = std::max<Duration::rep>((written - *last_) / every_, 0) + 1;
    return std::min(*last_ + steps * every_, now_);
  }

 private:
  std::optional<Time> last_;
  Time now_;
  Duration every_;
};

/// A log in a file.
class Tailed final : public Meter {
 public:
  Tailed(const SourceSetup& setup, Rules rules, const Clock& clock)
      : source_(setup.id), every_(setup.every), rules_(std::move(rules)), clock_(clock) {}

  Task<Result<Measured>> poll(std::string cursor) override { co_return read(cursor); }

 private:
  Measured read(const std::string& cursor) {
    const Time now = clock_.now();
    const auto before = read_place(cursor);
    const Instants instants(before ? before->asked : std::nullopt, now, every_);
    Counted counted(rules_);
    Look found = look(rules_.path, before, now, [&](std::string_view line) {
      counted.take(line, [&](Time written) { return instants.of(written); });
    });
    // A log in which nothing was written says that nobody asked: a reading of no requests, which is
    // no evidence of health, and no gap either.
    if (before && found.was_read) counted.nothing_at(now);
    Measured measured = counted.measured(source_);
    measured.cursor = write_place(found.place);
    for (std::string& what : found.complaints)
      measured.complaints.insert(measured.complaints.begin(), source_ + ": " + printed(what));
    return measured;
  }

  std::string source_;
  Duration every_;
  Rules rules_;
  const Clock& clock_;
};

/// Lines that are sent. What came is kept until the readings made of it are.
class Heard final : public Meter {
 public:
  Heard(const SourceSetup& setup, Rules rules, const Clock& clock)
      : source_(setup.id),
        every_(setup.every),
        rules_(std::move(rules)),
        counted_(rules_),
        clock_(clock) {}

  Task<Result<Measured>> poll(std::string cursor) override {
    const auto executor = co_await boost::asio::this_coro::executor;
    if (!listener_) {
      auto opened = listen(executor, rules_.listen, [this](std::string_view line) { hear(line); });
      if (!opened) co_return opened.error();
      listener_ = std::move(*opened);
    }
    if (given_.cursor.empty() || cursor == given_.cursor) give();
    co_return given_;
  }

 private:
  void hear(std::string_view line) {
    const Time now = clock_.now();
    counted_.take(line, [&](Time written) { return instant(written, now); });
  }

  /// Lines come at once; what a sender had to hold back is counted at its own time. No instant is
  /// used by two polls, since the second reading of one would count for nothing.
  Time instant(Time written, Time now) const {
    if (written == Time{} || now - written <= 2 * every_) return Time::max();
    const Duration since = written.time_since_epoch();
    return Time(since - since % every_ + every_ + Duration(polls_ % every_.count()));
  }

  void give() {
    const Time now = clock_.now();
    counted_.move(Time::max(), now);
    counted_.nothing_at(now);
    given_ = counted_.measured(source_);
    given_.cursor = iso(now) + " " + std::to_string(++polls_);
    counted_ = Counted(rules_);
  }

  std::string source_;
  Duration every_;
  Rules rules_;
  Counted counted_;
  const Clock& clock_;
  std::int64_t polls_ = 0;
  Measured given_;
  std::unique_ptr<Listener> listener_;
};

std::unique_ptr<Meter> make(const SourceSetup& setup, World world) {
  Rules rules = read_rules(setup);
  if (!rules.listen.empty()) return std::make_unique<Heard>(setup, std::move(rules), world.clock);
  return std::make_unique<Tailed>(setup, std::move(rules), world.clock);
}

}  // namespace

extern const MeterKind kKind;
const MeterKind kKind{"access_log", std::chrono::seconds(10), make};

}  // namespace signalbox::connectors::access_log
