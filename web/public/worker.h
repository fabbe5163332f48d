// A web thread: its event loop, its connections, its own copy of the published site.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "web/public/connection.h"
#include "web/public/rounds.h"

namespace signalbox::web {

/// Public functions may be called from any thread unless they say otherwise.
class Worker final : public Host {
 public:
  /// `common` outlives it.
  explicit Worker(Common& common);
  ~Worker() override;

  boost::asio::io_context& context() { return context_; }
  void run();
  /// Takes over a connection whose `peer` is counted already.
  void adopt(Socket socket, std::string peer);
  /// Streams of pages that are no more, or are opened by something else now, are closed.
  void show(SitePtr site, EventsPtr events);
  /// Closes idle connections now, the others once they are answered.
  void drain();
  /// Ends the loop and joins the thread; open connections are closed.
  void stop();

  Desk& desk() override { return desk_; }
  Common& common() override { return common_; }
  std::string_view tail(bool close) override { return close ? tail_close_ : tail_keep_; }
  bool draining() const override { return draining_; }
  Splicer& splicer() override { return splicer_; }

 private:
  void sweep();
  void refresh_date();
  void beat(Instant now);
  void watch_core();
  /// `event` says what a page's streams are told; null: nothing.
  void tell(std::function<EventPtr(std::string_view page)> event);

  Common& common_;
  boost::asio::io_context context_;
  boost::asio::steady_timer timer_;
  Desk desk_;
  Splicer splicer_;
  std::vector<std::shared_ptr<Connection>> connections_;
  Rounds<Connection> rounds_;
  std::string tail_keep_, tail_close_;
  Time tail_second_{};
  Instant next_beat_;
  Duration period_;
  bool draining_ = false;
  bool silent_ = false;  // what those who watch were told last
  std::thread thread_;
};

}  // namespace signalbox::web
