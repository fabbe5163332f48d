// Reads model values back from JSON. Nothing throws: the first thing that cannot be read is
// remembered by its key. Keys it does not know are passed over and missing ones leave the default,
// so that other releases' payloads stay readable.
#pragma once

#include <cmath>
#include <concepts>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace signalbox::json {

/// What could not be read, or "" while all is well.
struct Trouble {
  std::string key;
  bool none() const { return key.empty(); }
};

/// Reads one object: called by the fields() of a type with each key and place in turn.
class Reader {
 public:
  /// `object` and `trouble` outlive the reader.
  Reader(const nlohmann::json& object, Trouble& trouble) : object_(object), trouble_(trouble) {}

  template <typename T>
  void operator()(std::string_view key, T& place) {
    const auto found = object_.find(key);
    if (found == object_.end()) return;
    if (!take(*found, place) && trouble_.none()) trouble_.key = key;
  }

  /// Puts what `from` holds into `place`; false when it is of another kind.
  bool take(const nlohmann::json& from, std::string& place) {
    const auto* text = from.get_ptr<const std::string*>();
    if (text != nullptr) place = *text;
    return text != nullptr;
  }
  bool take(const nlohmann::json& from, bool& place) {
    const auto* value = from.get_ptr<const bool*>();
    if (value != nullptr) place = *value;
    return value != nullptr;
  }
  template <typename T>
  requires std::is_arithmetic_v<T>
  bool take(const nlohmann::json& from, T& place) {
    if (!from.is_number()) return false;
    if (std::integral<T> && from.is_number_float()) return false;
    place = from.template get<T>();
    return true;
  }
  template <typename Clock, typename Length>
  bool take(const nlohmann::json& from, std::chrono::time_point<Clock, Length>& place) {
    Length length{};
    if (!take(from, length)) return false;
    place = std::chrono::time_point<Clock, Length>(length);
    return true;
  }
  template <typename Rep, typename Period>
  bool take(const nlohmann::json& from, std::chrono::duration<Rep, Period>& place) {
    Rep count{};
    if (!take(from, count)) return false;
    place = std::chrono::duration<Rep, Period>(count);
    return true;
  }
  template <typename T>
  requires std::is_enum_v<T>
  bool take(const nlohmann::json& from, T& place) {
    const auto* text = from.get_ptr<const std::string*>();
    if (text == nullptr || text->empty()) return false;
    constexpr int kMoreThanAnyEnumHas = 32;
    for (int i = 0; i < kMoreThanAnyEnumHas; ++i) {
      if (word(static_cast<T>(i)) != *text) continue;
      place = static_cast<T>(i);
      return true;
    }
    return false;
  }
  template <typename T>
  bool take(const nlohmann::json& from, std::optional<T>& place) {
    place.reset();
    if (from.is_null()) return true;
    return take(from, place.emplace());
  }
  template <typename T>
  bool take(const nlohmann::json& from, std::vector<T>& place) {
    return take_list(from, place);
  }
  template <typename T>
  bool take(const nlohmann::json& from, std::deque<T>& place) {
    return take_list(from, place);
  }
  bool take(const nlohmann::json& from, std::set<std::string>& place) {
    std::vector<std::string> list;
    if (!take_list(from, list)) return false;
    place = {list.begin(), list.end()};
    return true;
  }
  template <typename T>
  bool take(const nlohmann::json& from, std::map<std::string, T>& place) {
    if (!from.is_object()) return false;
    for (const auto& [key, value] : from.items()) {
      if (!take(value, place[key])) return false;
    }
    return true;
  }
  template <typename T>
  requires std::is_class_v<T>
  bool take(const nlohmann::json& from, T& place) {
    if (!from.is_object()) return false;
    Reader inner(from, trouble_);
    fields(inner, place);
    return trouble_.none();
  }

 private:
  template <typename List>
  bool take_list(const nlohmann::json& from, List& place) {
    if (!from.is_array()) return false;
    for (const auto& item : from) {
      if (!take(item, place.emplace_back())) return false;
    }
    return true;
  }

  const nlohmann::json& object_;
  Trouble& trouble_;
};

/// A T from the JSON object in `payload`; corrupt, naming `what` and the key, when it cannot be
/// read.
template <typename T>
Result<T> read(std::string_view payload, std::string_view what) {
  const auto document = nlohmann::json::parse(payload, nullptr, false);
  if (!document.is_object()) return corrupt(std::string(what) + " is not a JSON object");
  Trouble trouble;
  Reader reader(document, trouble);
  T value;
  if (!reader.take(document, value)) {
    return corrupt(std::string(what) + " cannot be read at \"" + trouble.key + "\"");
  }
  return value;
}

}  // namespace signalbox::json
