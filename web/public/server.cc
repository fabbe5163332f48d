#include "web/public/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <charconv>
#include <condition_variable>
#include <map>
#include <thread>

#include "base/log.h"
#include "model/page_part.h"
#include "web/public/listener.h"
#include "web/public/worker.h"

namespace signalbox::web {
namespace {

/// Descriptors kept back from strangers: for the store, the networks and staff.
constexpr int kKeptBack = 256;
/// And for each web thread: its queue of events, its timer, its pipe.
constexpr int kOfThread = 8;

/// Raises the limit of descriptors as far as we may; gives what it is.
int descriptors() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  constexpr rlim_t kPlenty = 1'000'000;
  return static_cast<int>(std::min(limit.rlim_cur, kPlenty));
}

class Server final : public PublicServer {
 public:
  Server(PublicSettings settings, const Readiness& readiness, const Clock& clock)
      : common_(std::move(settings), readiness, clock) {
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    const int wanted = common_.settings.threads > 0 ? common_.settings.threads : cores;
    for (int i = 0; i < std::max(1, wanted); ++i) {
      workers_.push_back(std::make_unique<Worker>(common_));
    }
  }

  ~Server() override { stop(Duration(0)); }

  Result<std::string> listen() override {
    if (const Status logs = common_.log.open(common_.settings.access_log); !logs) {
      return logs.error();
    }
    const int threads = static_cast<int>(workers_.size());
    common_.most_connections = std::max(
        16,
        std::min(common_.settings.connections, descriptors() - kKeptBack - kOfThread * threads));
    std::vector<Worker*> workers;
    for (const auto& worker : workers_) workers.push_back(worker.get());
    listener_ = std::make_shared<Listener>(common_, std::move(workers));
    return listener_->open(common_.settings.address, {0660, common_.settings.socket_group});
  }

  void serve() override {
    listener_->run();
    for (const auto& worker : workers_) worker->run();
    running_ = true;
  }

  void publish(SitePtr site, std::string event) override {
    if (site != nullptr) common_.https = is_https(site->snapshot()->page);
    const EventsPtr events = events_of(site, event);
    for (const auto& worker : workers_) worker->show(site, events);
  }

  void heartbeat() override { common_.beat(); }

  Status reopen_access_log(const std::string& where) override { return common_.log.open(where); }

  void deliver_to(Letterbox& letterbox) override { common_.letterbox = &letterbox; }

  void stop(Duration patience) override {
    if (!running_) return;
    running_ = false;
    listener_->close();
    for (const auto& worker : workers_) worker->drain();
    const auto until = std::chrono::steady_clock::now() + patience;
    while (common_.connections.load() > 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    for (const auto& worker : workers_) worker->stop();
  }

  std::vector<std::pair<std::string, double>> figures() const override {
    const Counters& counted = common_.counters;
    std::uint64_t lent = 0;
    for (const auto& worker : workers_) lent += worker->splicer().sent();
    return {{"connections", static_cast<double>(common_.connections.load())},
            {"live_streams", static_cast<double>(common_.streams.load())},
            {"accepted_total", static_cast<double>(counted.accepted.load())},
            {"requests_total", static_cast<double>(counted.requests.load())},
            {"refused_total", static_cast<double>(counted.refused.load())},
            {"access_log_dropped_total", static_cast<double>(common_.log.dropped())},
            {"timed_out_total", static_cast<double>(counted.timed_out.load())},
            {"overload_total", static_cast<double>(counted.overload.load())},
            {"lent_bytes_total", static_cast<double>(lent)}};
  }

 private:
  /// With an id later than any before.
  EventPtr made(const std::string& page, const std::string& event, Time as_of) {
    if (event.empty()) return nullptr;
    std::int64_t& last = last_ids_[page];
    last = std::max<std::int64_t>(last + 1, as_of.time_since_epoch().count());
    const std::string id = std::to_string(last);
    return std::make_shared<const LiveEvent>(
        LiveEvent{last, "id: " + id + "\ndata: " + event + "\n\n"});
  }

  /// Pages are told what their own sites say.
  EventsPtr events_of(const SitePtr& site, const std::string& event) {
    auto events = std::make_shared<Events>();
    if (site == nullptr) return events;
    events->main = made("", event, site->snapshot()->as_of);
    for (const PageSite& page : site->pages()) {
      const std::string& slug = page.part->slug;
      events->pages[slug] = made(slug, page.event, page.site->snapshot()->as_of);
    }
    return events;
  }

  Common common_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::shared_ptr<Listener> listener_;
  bool running_ = false;
  std::map<std::string, std::int64_t> last_ids_;  // of events, by page; publish() alone
};

}  // namespace

std::unique_ptr<PublicServer> make_public_server(PublicSettings settings,
                                                 const Readiness& readiness, const Clock& clock) {
  return std::make_unique<Server>(std::move(settings), readiness, clock);
}

std::unique_ptr<PublicServer> make_public_server(PublicSettings settings,
                                                 const Readiness& readiness) {
  static const SystemClock kClock;
  return make_public_server(std::move(settings), readiness, kClock);
}

}  // namespace signalbox::web
