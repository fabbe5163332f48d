// Requests by interval, kept small: a month of ten-second intervals is a few mebibytes.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>

#include "base/time.h"

namespace signalbox::connectors::access_log {

/// Counts by intervals of one length, numbered from midnight UTC on 1 January 1970. Memory grows
/// with the time that requests span, not with their number.
class Series {
 public:
  /// What one interval holds.
  struct Cell {
    std::uint32_t good = 0;
    std::uint32_t total = 0;
  };

  explicit Series(Duration every) : every_(every) {}
  Series(const Series& other) : every_(other.every_), blocks_(other.blocks_) {}
  Series(Series&& other) noexcept : every_(other.every_), blocks_(std::move(other.blocks_)) {}
  Series& operator=(Series other) noexcept;
  ~Series() = default;

  Duration every() const { return every_; }
  /// The interval's number, and where it begins.
  std::int64_t number(Time at) const;
  Time begins(std::int64_t number) const { return Time(number * every_); }

  /// To count in. Fast for the interval asked for before and those near it.
  Cell& cell(std::int64_t number) {
    const std::int64_t in_block = number - newest_number_ * kBlock;
    const bool known = newest_ != nullptr && in_block >= 0 && in_block < kBlock;
    return known ? (*newest_)[static_cast<std::size_t>(in_block)] : far_cell(number);
  }
  /// What was counted; nothing for an interval without requests.
  Cell at(std::int64_t number) const;
  /// The first interval with requests that is not before `number`.
  std::optional<std::int64_t> next(std::int64_t number) const;
  std::optional<std::int64_t> first() const;
  std::optional<std::int64_t> last() const;
  void add(const Series& other);

 private:
  static constexpr std::int64_t kBlock = 64;
  using Block = std::array<Cell, kBlock>;

  Cell& far_cell(std::int64_t number);

  Duration every_;
  std::map<std::int64_t, Block> blocks_;
  Block* newest_ = nullptr;  // the one last counted in
  std::int64_t newest_number_ = 0;
};

}  // namespace signalbox::connectors::access_log
