#include "web/public/lending.h"

#include <utility>

namespace signalbox::web {
namespace {

/// Below, copying costs less than looking pages up.
constexpr std::size_t kWorthLending = std::size_t{64} * 1024;
/// What a head takes at most.
constexpr std::size_t kForHead = std::size_t{16} * 1024;
/// Of one thread: 8 MiB.
constexpr std::size_t kMostSlabs = 4;
/// Of the bodies that are remembered as asked for: one slab has them all, and room for the heads
/// of some minutes, since each second has its own.
constexpr std::size_t kMostBytes = Slab::kBytes / 4 * 3;

}  // namespace

Lent Lending::copy_of(const DocumentPtr& document, const std::string& body) {
  if (body.size() < kWorthLending) return {};
  const auto known = kept_.find(&body);
  if (known == kept_.end()) return remember(document, body), Lent{};
  Lent& lent = known->second.lent;
  if (lent.slab != nullptr && slab_->fits(kForHead)) return lent;
  if (!makes_room(body.size() + kForHead)) return {};
  return lent = {slab_, slab_->add(body)};
}

std::string_view Lending::head_in(const Slab* slab, std::string_view head, std::string_view tail) {
  if (slab == nullptr || slab != slab_.get()) return {};
  Head& known = heads_[head.data()];
  if (!known.bytes.empty() && known.tail == tail) return known.bytes;
  if (!slab_->fits(head.size() + tail.size())) return {};
  known = {std::string(tail), slab_->add(std::string(head).append(tail))};
  return known.bytes;
}

void Lending::remember(const DocumentPtr& document, const std::string& body) {
  if (bytes_ + body.size() > kMostBytes) return;
  kept_.emplace(&body, Kept{document, {}});
  bytes_ += body.size();
}

bool Lending::makes_room(std::size_t bytes) {
  if (slab_ != nullptr && slab_->fits(bytes)) return true;
  std::erase_if(slabs_, [](const auto& slab) { return slab.expired(); });
  if (slabs_.size() >= kMostSlabs) return false;
  auto slab = std::make_shared<Slab>();
  if (!slab->fits(bytes)) return false;
  slab_ = std::move(slab);
  heads_.clear();
  for (auto& [body, kept] : kept_) kept.lent = {};
  slabs_.push_back(slab_);
  return true;
}

void Lending::forget() {
  kept_.clear();
  heads_.clear();
  bytes_ = 0;
}

}  // namespace signalbox::web
