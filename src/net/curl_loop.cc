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

constexpr int kLongestNapMs = 1000;
constexpr int kQueueNapMs = 50;  ///< while transfers wait, their deadlines and look-ups are watched

}  // namespace

CurlLoop::CurlLoop(const ClientSettings& settings) : settings_(settings), multi_(make_multi()) {
  check(multi_ != nullptr, "libcurl has memory for its loop");
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, 64L);
  thread_ = std::thread([this] { run(); });
}

CurlLoop::~CurlLoop() { stop(); }

void CurlLoop::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
}

void CurlLoop::submit(std::shared_ptr<Transfer> transfer) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) submitted_.push_back(std::exchange(transfer, nullptr));
  }
  if (!transfer) return wake();
  transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() + ": stopped" +
                             std::string(kMaybeOurs)));
}

void CurlLoop::run() {
  while (take_new()) {
    drop_abandoned();
    start_what_fits();
    int still_running = 0;
    curl_multi_perform(multi_.get(), &still_running);
    finish_what_is_done();
    const int nap = waiting_.empty() ? kLongestNapMs : kQueueNapMs;
    curl_multi_poll(multi_.get(), nullptr, 0, nap, nullptr);
  }
  fail_everything();
}

bool CurlLoop::take_new() {
  const std::lock_guard lock(mutex_);
  std::move(submitted_.begin(), submitted_.end(), std::back_inserter(waiting_));
  submitted_.clear();
  return !stopping_;
}

bool CurlLoop::fits(const Transfer& transfer, int looking_up) const {
  if (static_cast<int>(running_.size()) >= settings_.in_flight) return false;
  const auto host = per_host_.find(transfer.host());
  if (host != per_host_.end() && host->second >= settings_.per_host) return false;
  return !transfer.looking_up() || looking_up < settings_.lookups;
}

void CurlLoop::start_what_fits() {
  if (waiting_.empty()) return;
  const auto now = std::chrono::steady_clock::now();
  auto looking_up = static_cast<int>(std::count_if(
      running_.begin(), running_.end(), [](const auto& one) { return one.second->looking_up(); }));
  Queue kept;
  for (auto& transfer : waiting_) {
    if (transfer->deadline() <= now) {
      transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() +
                                 ": timed out behind other requests" + std::string(kMaybeOurs)));
    } else if (fits(*transfer, looking_up)) {
      looking_up += transfer->looking_up() ? 1 : 0;
      start(transfer);
    } else {
      kept.push_back(std::move(transfer));
    }
  }
  waiting_ = std::move(kept);
}

void CurlLoop::start(const std::shared_ptr<Transfer>& transfer) {
  CURL* easy = transfer->start(std::chrono::steady_clock::now());
  if (easy == nullptr || curl_multi_add_handle(multi_.get(), easy) != CURLM_OK) {
    transfer->fail(unavailable(std::string(kNeverSent) + transfer->place() + ": out of memory" +
                               std::string(kMaybeOurs)));
    return;
  }
  running_[easy] = transfer;
  ++per_host_[transfer->host()];
}

std::shared_ptr<Transfer> CurlLoop::release(CURL* easy) {
  curl_multi_remove_handle(multi_.get(), easy);
  const auto found = running_.find(easy);
  std::shared_ptr<Transfer> transfer = std::move(found->second);
  running_.erase(found);
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
    release(message->easy_handle)->finish(code);
    any = true;
  }
  if (any && !waiting_.empty()) start_what_fits();
}

void CurlLoop::drop_abandoned() {
  std::erase_if(waiting_, [](const auto& transfer) { return transfer->abandoned(); });
  std::vector<CURL*> abandoned;
  for (const auto& [easy, transfer] : running_) {
    if (transfer->abandoned()) abandoned.push_back(easy);
  }
  for (CURL* easy : abandoned) release(easy);
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
