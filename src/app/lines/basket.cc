#include "app/lines/basket.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

#include "base/log.h"

namespace signalbox::app {

namespace asio = boost::asio;

Basket::Basket(asio::io_context& io, CoreLoop& loop) : io_(io), loop_(loop), timer_(io) {}

void Basket::put(Tried tried) {
  held_.push_back(std::move(tried));
  if (!in_trouble_) offer_after(kGathered);
}

void Basket::drop(const std::string& check) {
  std::erase_if(held_, [&](const Tried& tried) { return tried.check == check; });
}

void Basket::offer_after(Duration wait) {
  if (armed_ || offered_) return;
  armed_ = true;
  timer_.expires_after(wait);
  timer_.async_wait([self = shared_from_this()](const boost::system::error_code& stopped) {
    self->armed_ = false;
    if (!stopped) self->offer();
  });
}

void Basket::offer() {
  if (held_.empty()) return;
  const auto end = held_.begin() + static_cast<std::ptrdiff_t>(std::min(held_.size(), kMostAtOnce));
  const auto batch = std::make_shared<const std::vector<Tried>>(
      std::make_move_iterator(held_.begin()), std::make_move_iterator(end));
  held_.erase(held_.begin(), end);
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
  if (!held_.empty()) offer_after(in_trouble_ ? kOfferedAgain : kGathered);
}

void Basket::put_back(const Batch& batch) {
  held_.insert(held_.begin(), batch->begin(), batch->end());
  if (held_.size() <= kMostHeld) return;
  held_.erase(held_.begin(), held_.end() - static_cast<std::ptrdiff_t>(kMostHeld));
}

}  // namespace signalbox::app
