// One map of the configuration, read key by key: each question marks its key as known, and what
// nobody asked for is refused or handed on.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/tree.h"

namespace signalbox::config {

/// The smallest lengths of time that make sense: for what is summed or waited, and for what is
/// repeated.
inline constexpr Duration kLeastSpan{std::chrono::seconds(5)};
inline constexpr Duration kLeastInterval{std::chrono::seconds(1)};

/// A map's fields. Wrong values are mistakes at their place and read as absent.
class Fields {
 public:
  /// `where` says what the map is: "a service". Mistake unless `node` is a map; then all is absent.
  /// `mistakes` outlives it.
  Fields(NodePtr node, std::string where, Mistakes& mistakes);

  /// The value under `key`, null when absent.
  NodePtr find(std::string_view key);
  /// A scalar that is not empty.
  std::optional<std::string> text(std::string_view key);
  /// As text(); absence is a mistake at the map's own place.
  std::string required(std::string_view key);
  /// As required(); a word of letters, digits, `_`, `.` and `-`, as ids are.
  std::string id();
  std::optional<Duration> duration(std::string_view key, Duration least,
                                   Duration most = std::chrono::days(366));
  std::optional<double> number(std::string_view key, double least, double most);
  std::optional<int> whole(std::string_view key, int least, int most);
  std::optional<bool> flag(std::string_view key);
  /// An address of the outside world with one of `schemes`; "" when absent. As a base, others are
  /// made from it: its trailing slashes are taken off, and it has no query.
  enum class Url { base, exact };
  std::string url(std::string_view key, const std::vector<std::string>& schemes,
                  Url form = Url::base);
  /// A list of scalars; one scalar alone counts as a list of one.
  std::optional<std::vector<std::string>> list(std::string_view key);
  /// The meaning of one of a few words.
  template <typename T>
  std::optional<T> choice(std::string_view key,
                          const std::vector<std::pair<std::string, T>>& words) {
    std::vector<std::string> names;
    names.reserve(words.size());
    for (const auto& [name, meaning] : words) names.push_back(name);
    const auto at = which(key, names);
    if (!at) return std::nullopt;
    return words[*at].second;
  }

  /// Refuses the keys nobody asked for, naming the nearest known one.
  void refuse_rest();
  /// The fields nobody asked for.
  std::vector<Field> rest() const;

  /// Where the value of `key` is; the map's own place when absent.
  Place place(std::string_view key) const;
  Place place() const { return node_ ? node_->place : Place{1, 1}; }
  /// A mistake at the value of `key`.
  void refuse(std::string_view key, std::string what);

 private:
  const Node* scalar(std::string_view key);
  std::optional<std::size_t> which(std::string_view key, const std::vector<std::string>& names);

  NodePtr node_;
  std::string where_;
  Mistakes& mistakes_;
  std::set<std::string, std::less<>> asked_;
};

/// The items of the list under `key`, none when absent; a mistake when it is no list.
std::vector<NodePtr> items(Fields& fields, std::string_view key);

}  // namespace signalbox::config
