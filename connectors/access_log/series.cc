#include "connectors/access_log/series.h"

#include <utility>

namespace signalbox::connectors::access_log {
namespace {

/// Rounded down, before 1970 too.
std::int64_t floor_of(std::int64_t value, std::int64_t by) {
  return value / by - (value % by < 0 ? 1 : 0);
}

}  // namespace

Series& Series::operator=(Series other) noexcept {
  every_ = other.every_;
  blocks_ = std::move(other.blocks_);
  newest_ = nullptr;
  return *this;
}

std::int64_t Series::number(Time at) const {
  return floor_of(at.time_since_epoch().count(), every_.count());
}

Series::Cell& Series::far_cell(std::int64_t number) {
  const std::int64_t block = floor_of(number, kBlock);
  newest_ = &blocks_[block];
  newest_number_ = block;
  return (*newest_)[static_cast<std::size_t>(number - block * kBlock)];
}

Series::Cell Series::at(std::int64_t number) const {
  const std::int64_t block = floor_of(number, kBlock);
  const auto found = blocks_.find(block);
  if (found == blocks_.end()) return {};
  return found->second[static_cast<std::size_t>(number - block * kBlock)];
}

std::optional<std::int64_t> Series::next(std::int64_t number) const {
  const std::int64_t from = floor_of(number, kBlock);
  for (auto block = blocks_.lower_bound(from); block != blocks_.end(); ++block) {
    const std::int64_t base = block->first * kBlock;
    for (std::int64_t i = block->first == from ? number - base : 0; i < kBlock; ++i) {
      if (block->second[static_cast<std::size_t>(i)].total > 0) return base + i;
    }
  }
  return {};
}

std::optional<std::int64_t> Series::first() const {
  if (blocks_.empty()) return {};
  return next(blocks_.begin()->first * kBlock);
}

std::optional<std::int64_t> Series::last() const {
  for (auto block = blocks_.rbegin(); block != blocks_.rend(); ++block) {
    for (std::int64_t i = kBlock - 1; i >= 0; --i) {
      if (block->second[static_cast<std::size_t>(i)].total > 0) return block->first * kBlock + i;
    }
  }
  return {};
}

void Series::add(const Series& other) {
  for (const auto& [number, block] : other.blocks_) {
    Block& mine = blocks_[number];
    for (std::size_t i = 0; i < block.size(); ++i) {
      mine[i].good += block[i].good;
      mine[i].total += block[i].total;
    }
  }
}

}  // namespace signalbox::connectors::access_log
