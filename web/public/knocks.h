// How often passwords may be tried.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"

namespace signalbox::web {

/// Counts the wrong passwords of the last quarter of an hour, by page and address and by page in
/// all. A right one is not counted. Pure; one thread, or a lock around it.
class Knocks {
 public:
  static constexpr Duration kSpan = std::chrono::minutes(15);
  static constexpr std::size_t kMostOfAddress = 10;
  static constexpr std::size_t kMostOfPage = 200;

  /// Counts one as wrong until forgive(); when there were too many already, counts none and gives
  /// how long it takes until one more may come. An IPv6 address counts as its /64.
  std::optional<Duration> knock(const std::string& page, std::string_view address, SteadyTime now);
  /// The last one of this address was right.
  void forgive(const std::string& page, std::string_view address);

 private:
  using When = std::deque<SteadyTime>;
  using Key = std::pair<std::string, std::string>;

  void forget(SteadyTime now);

  std::map<std::string, When> of_page_;
  std::map<Key, When> of_address_;
};

}  // namespace signalbox::web
