#include "web/public/worker.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <map>

#include "web/public/answers.h"
#include "web/public/sigpipe.h"

namespace signalbox::web {
namespace {

/// How often deadlines are looked at: a quarter of the shortest, within reason.
Duration sweep_period(const PublicSettings& settings) {
  const Duration shortest =
      std::min({settings.header_deadline, settings.body_deadline, settings.answer_deadline,
                settings.keep_alive, settings.live_beat});
  return std::clamp(shortest / 4, Duration(10), Duration(250));
}

}  // namespace

Worker::Worker(Common& common)
    : common_(common),
      context_(1),
      timer_(context_),
      desk_(common),
      rounds_([this](std::function<void()> step) { boost::asio::post(context_, std::move(step)); }),
      next_beat_(std::chrono::steady_clock::now() + common.settings.live_beat),
      period_(sweep_period(common.settings)) {
  refresh_date();
}

Worker::~Worker() {
  stop();
  connections_.clear();
}

void Worker::run() {
  boost::asio::post(context_, [this] { sweep(); });
  thread_ = std::thread([this] {
    block_sigpipe();  // splice(2) has no MSG_NOSIGNAL
    const auto work = boost::asio::make_work_guard(context_);
    context_.run();
  });
}

void Worker::adopt(Socket socket, std::string peer) {
  auto connection = std::make_shared<Connection>(std::move(socket), std::move(peer), *this);
  boost::asio::post(context_, [this, connection = std::move(connection)] {
    connections_.push_back(connection);
    connection->start();
  });
}

void Worker::show(SitePtr site, EventsPtr events) {
  boost::asio::post(context_, [this, site = std::move(site), events = std::move(events)] {
    desk_.show(site, *events);
    for (const auto& connection : connections_) {
      if (connection->listens() && !desk_.is_open(connection->page(), connection->lock()))
        connection->close();
    }
    tell([events](std::string_view page) { return events->of(page); });
  });
}

void Worker::drain() {
  boost::asio::post(context_, [this] {
    draining_ = true;
    for (const auto& connection : connections_) connection->drain();
  });
}

void Worker::stop() {
  if (!thread_.joinable()) return;
  boost::asio::post(context_, [this] {
    for (const auto& connection : connections_) connection->close();
    context_.stop();
  });
  thread_.join();
}

void Worker::sweep() {
  const Instant now = std::chrono::steady_clock::now();
  refresh_date();
  for (const auto& connection : connections_) connection->tick(now);
  std::erase_if(connections_, [](const auto& connection) { return connection->closed(); });
  watch_core();
  beat(now);
  timer_.expires_after(period_);
  timer_.async_wait([this](const boost::system::error_code& ec) {
    if (!ec) sweep();
  });
}

void Worker::beat(Instant now) {
  if (now < next_beat_) return;
  next_beat_ = now + common_.settings.live_beat;
  static const EventPtr kBeat = std::make_shared<const LiveEvent>(LiveEvent{0, ": beat\n\n"});
  tell([](std::string_view) { return kBeat; });
}

/// Who watches is told when what is shown goes stale, and when it is fresh again.
void Worker::watch_core() {
  const bool silent = common_.silent_since().has_value();
  if (silent == silent_) return;
  silent_ = silent;
  tell([this,
        events = std::map<std::string, EventPtr, std::less<>>()](std::string_view page) mutable {
    EventPtr& event = events[std::string(page)];
    if (event == nullptr) event = desk_.silence_event(page);
    return event;
  });
}

void Worker::tell(std::function<EventPtr(std::string_view page)> event) {
  rounds_.begin(connections_, [event = std::move(event)](Connection& connection) {
    if (!connection.listens()) return;
    if (const EventPtr told = event(connection.page())) connection.tell(told);
  });
}

void Worker::refresh_date() {
  const Time second = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (second == tail_second_) return;
  tail_second_ = second;
  const std::string date = date_line(second);
  tail_keep_ = date + "\r\n";
  tail_close_ = date + "Connection: close\r\n\r\n";
}

}  // namespace signalbox::web
