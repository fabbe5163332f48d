#include "net/curl_loop.h"

#include <algorithm>
#include <utility>

namespace signalbox::net {
namespace {

/// libcurl wants to be initialised once, before any thread uses it.
CURLM* make_multi() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  check(ready == CURLE_OK, "libcurl is usable");
  return curl_multi_init();
}

constexpr Duration kLongestNap{1000};
constexpr Duration kQueueNap{50};  ///< while transfers wait, deadlines and look-ups are watched
constexpr long kLeastKept = 64;    ///< idle connections
constexpr std::size_t kMostSpare = 64;

}  // namespace

CurlLoop::CurlLoop(const ClientSettings& settings, std::function<void()> after_round)
    : settings_(settings),
      after_round_(std::move(after_round)),
      multi_(make_multi()),
      lookups_(settings.lookups) {
  check(multi_ != nullptr, "libcurl has memory for its loop");
  const long kept = std::max<long>(kLeastKept, settings_.kept);
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, kept);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
  thread_ = std::thread([this] { run(); });
}

CurlLoop::~CurlLoop() { stop(); }

void CurlLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  watch_.wake();
  if (thread_.joinable()) thread_.join();
}

void CurlLoop::submit(std::shared_ptr<Transfer> transfer) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    first = submitted_.empty();
    if (!stopping_) submitted_.push_back(std::exchange(transfer, nullptr));
  }
  if (!transfer) {
    if (first) watch_.wake();
    return;
  }
  transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() + ": stopped" +
                             std::string(kMaybeOurs)));
  after_round_();
}

void CurlLoop::abandon(std::shared_ptr<Transfer> transfer) {
  transfer->abandon();
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) abandoned_.push_back(std::move(transfer));
  }
  watch_.wake();
}

int CurlLoop::on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
  SocketWatch& watch = static_cast<CurlLoop*>(self)->watch_;
  if (what == CURL_POLL_REMOVE) {
    watch.forget(socket);
    return 0;
  }
  const bool taken = watch.watch(socket, (what & CURL_POLL_IN) != 0, (what & CURL_POLL_OUT) != 0);
  return taken ? 0 : -1;
}

int CurlLoop::on_timer(CURLM*, long timeout_ms, void* self) {
  std::optional<Transfer::Moment>& timer = static_cast<CurlLoop*>(self)->timer_;
  timer.reset();
  if (timeout_ms >= 0) timer = std::chrono::steady_clock::now() + Duration(timeout_ms);
  return 0;
}

void CurlLoop::run() {
  while (take_new()) {
    start_what_fits();
    move_what_can();
    finish_what_is_done();
    for (const SocketWatch::Ready& ready : watch_.wait(nap())) {
      act(ready.socket,
          (ready.readable ? CURL_CSELECT_IN : 0) | (ready.writable ? CURL_CSELECT_OUT : 0));
    }
    finish_what_is_done();
  }
  fail_everything();
  after_round_();
}

Duration CurlLoop::nap() const {
  const Duration most = waiting_.empty() ? kLongestNap : kQueueNap;
  if (!timer_) return most;
  const auto left = std::chrono::ceil<Duration>(*timer_ - std::chrono::steady_clock::now());
  return std::clamp(left, Duration::zero(), most);
}

void CurlLoop::act(int socket, int events) {
  int still_running = 0;
  curl_multi_socket_action(multi_.get(), socket, events, &still_running);
}

void CurlLoop::move_what_can() {
  if (!timer_ || *timer_ > std::chrono::steady_clock::now()) return;
  timer_.reset();
  act(CURL_SOCKET_TIMEOUT, 0);
}

bool CurlLoop::take_new() {
  Queue abandoned;
  bool stopping = false;
  {
    const std::lock_guard lock(mutex_);
    std::move(submitted_.begin(), submitted_.end(), std::back_inserter(waiting_));
    submitted_.clear();
    abandoned.swap(abandoned_);
    stopping = stopping_;
  }
  drop(abandoned);
  return !stopping;
}

bool CurlLoop::fits(const Transfer& transfer, Transfer::Moment now) {
  if (static_cast<int>(running_.size()) >= settings_.in_flight) return false;
  const auto host = per_host_.find(transfer.host());
  if (host != per_host_.end() && host->second >= settings_.per_host) return false;
  return !transfer.looking_up() || lookups_.room(transfer.zone(), now);
}

void CurlLoop::start_what_fits() {
  if (waiting_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  std::erase_if(looking_up_, [this](const Transfer* running) {
    if (!running->looking_up()) lookups_.end(running);
    return !running->looking_up();
  });
  Queue kept;
  for (auto& transfer : waiting_) {
    if (transfer->deadline() <= now) {
      transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() +
                                 ": timed out behind other requests" + std::string(kMaybeOurs)));
    } else if (fits(*transfer, now)) {
      start(transfer, now);
    } else {
      kept.push_back(std::move(transfer));
    }
  }
  waiting_ = std::move(kept);
}

Transfer::Handle CurlLoop::blank_handle() {
  if (spare_.empty()) return Transfer::Handle(curl_easy_init());
  Transfer::Handle blank = std::move(spare_.back());
  spare_.pop_back();
  return blank;
}

void CurlLoop::start(const std::shared_ptr<Transfer>& transfer, Transfer::Moment now) {
  Transfer::Handle blank = blank_handle();
  CURL* easy = blank ? transfer->start(std::move(blank), now) : nullptr;
  if (easy == nullptr || curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) {
    transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() + ": out of memory" +
                               std::string(kMaybeOurs)));
    return;
  }
  running_[easy] = transfer;
  ++per_host_[transfer->host()];
  if (!transfer->looking_up()) return;
  looking_up_.insert(transfer.get());
  lookups_.begin(transfer.get(), transfer->zone(), now);
}

std::shared_ptr<Transfer> CurlLoop::release(CURL* easy) {
  curl_multi_remove_handle(multi_.get(), easy);
  const auto found = running_.find(easy);
  std::shared_ptr<Transfer> transfer = std::move(found->second);
  running_.erase(found);
  if (looking_up_.erase(transfer.get()) > 0) lookups_.end(transfer.get());
  const auto host = per_host_.find(transfer->host());
  if (--host->second == 0) per_host_.erase(host);
  return transfer;
}

void CurlLoop::finish_what_is_done() {
  int left = 0;
  bool any = false;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;  // gone once the handle is released
    const std::shared_ptr<Transfer> transfer = release(message->easy_handle);
    transfer->finish(code);
    Transfer::Handle handle = transfer->take_handle();
    if (handle && spare_.size() < kMostSpare) spare_.push_back(std::move(handle));
    any = true;
  }
  if (any) start_what_fits();
  after_round_();
}

void CurlLoop::drop(const Queue& abandoned) {
  if (abandoned.empty()) return;
  std::erase_if(waiting_, [](const auto& transfer) { return transfer->abandoned(); });
  for (const auto& transfer : abandoned) {
    const auto found = running_.find(transfer->handle());
    if (found != running_.end() && found->second == transfer) release(transfer->handle());
  }
}

void CurlLoop::fail_everything() {
  for (const auto& transfer : std::exchange(waiting_, {})) {
    transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() + ": stopped" +
                               std::string(kMaybeOurs)));
  }
  while (!running_.empty()) {
    const auto transfer = release(running_.begin()->first);
    transfer->fail(unavailable(transfer->place() + ": stopped before an answer came" +
                               std::string(kMaybeOurs)));
  }
}

}  // namespace signalbox::net
