#include "app/lines/basket.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

#include "base/log.h"

namespace signalbox::app {

namespace asio = boost::asio;

Basket::Basket(asio::io_context& io, CoreLoop& loop) : io_(io), loop_(loop), timer_(io) {}

namespace {

/// It was tried, and found to be well.
bool plainly_good(const connectors::Measured& measured) {
  return measured.complaints.empty() && measured.notices.empty() && !measured.readings.empty() &&
         std::ranges::all_of(measured.readings, [](const Reading& reading) {
           return reading.total > 0 && reading.good >= reading.total &&
                  reading.grade.value_or(State::up) == State::up;
         });
}

}  // namespace

bool Basket::routine(const Tried& tried) {
  int& good = good_[tried.check];
  const bool steady = good >= kSteady;
  const bool is_good = plainly_good(tried.measured);
  good = is_good ? std::min(good + 1, kSteady) : 0;
  return steady && is_good;
}

void Basket::put(Tried tried) {
  if (!routine(tried)) urgent_ = true;
  held_.push_back(std::move(tried));
  drop_oldest();
  offer_later();
}

void Basket::drop(const std::string& check) {
  std::erase_if(held_, [&](const Tried& tried) { return tried.check == check; });
  good_.erase(check);
}

void Basket::offer_later() {
  if (offered_) return;
  Duration wait = urgent_ || held_.size() >= kMostAtOnce ? kGathered : kRoutine;
  if (in_trouble_) wait = kOfferedAgain;
  if (armed_ && timer_.expiry() <= std::chrono::steady_clock::now() + wait) return;
  armed_ = true;
  timer_.expires_after(wait);
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
    if (stopped) return;  // for a sooner moment, or for good
    self->armed_ = false;
    self->offer();
  });
}

void Basket::offer() {
  if (held_.empty() || offered_) return;
  const auto end = held_.begin() + static_cast<std::ptrdiff_t>(std::min(held_.size(), kMostAtOnce));
  const auto batch = std::make_shared<const std::vector<Tried>>(
      std::make_move_iterator(held_.begin()), std::make_move_iterator(end));
  held_.erase(held_.begin(), end);
  urgent_ = urgent_ && !held_.empty();
  offered_ = true;
  const Done done = [self = shared_from_this(), batch](const Status& kept) {
    asio::post(self->io_, [self, batch, kept] { self->settle(batch, kept); });
  };
  if (!loop_.post([batch, done](Core& core) { core.take_tries(*batch, done); }))
    done(unavailable("the core's queue is full"));
}

void Basket::settle(const Batch& batch, const Status& kept) {
  offered_ = false;
  const bool again = !kept && kept.error().code == Error::Code::unavailable;
  if (!kept && !in_trouble_) log::warning("what checks found is not kept: " + kept.error().what);
  if (kept && in_trouble_) log::info("what checks found is kept again");
  if (again) put_back(batch);
  in_trouble_ = again;
  if (!held_.empty()) offer_later();
}

void Basket::put_back(const Batch& batch) {
  held_.insert(held_.begin(), batch->begin(), batch->end());
  urgent_ = true;
  drop_oldest();
}

// By the batch, so that dropping costs a try little.
void Basket::drop_oldest() {
  if (held_.size() <= kMostHeld) return;
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(kMostAtOnce));
}

}  // namespace signalbox::app
