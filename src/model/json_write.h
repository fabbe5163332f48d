// Turns model values into compact JSON text, straight into a string: a checkpoint must not cost a
// document tree.
#pragma once

#include <charconv>
#include <chrono>
#include <concepts>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/time.h"

namespace signalbox::json {

/// Appends `text` as a JSON string. Bytes beyond ASCII stay as they are.
void append_quoted(std::string& out, std::string_view text);

/// What may be left out when empty: a reader finds it empty anyway.
template <typename T>
concept Emptiable = requires(const T& t) {
  t.empty();
};

/// Writes one object: called by the fields() of a type with each key and value in turn. Times and
/// lengths of time are whole milliseconds, days are whole days since 1970, enums are their words.
class Writer {
 public:
  /// Adds `key` unless `value` is an empty text, container or optional.
  template <typename T>
  void operator()(std::string_view key, const T& value) {
    if constexpr (Emptiable<T>) {
      if (value.empty()) return;
    }
    open_key(key);
    put(value);
  }
  template <typename T>
  void operator()(std::string_view key, const std::optional<T>& value) {
    if (!value) return;
    open_key(key);
    put(*value);
  }

  /// One value of any kind the model holds.
  void put(const std::string& text) { append_quoted(out_, text); }
  void put(bool value) { out_ += value ? "true" : "false"; }
  void put(Time value) { put(value.time_since_epoch().count()); }
  void put(Duration value) { put(value.count()); }
  void put(std::chrono::sys_days value) { put(value.time_since_epoch().count()); }
  template <typename T>
  requires std::is_arithmetic_v<T>
  void put(T value) {
    char digits[40];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out_.append(digits, end);
  }
  template <typename T>
  requires std::is_enum_v<T>
  void put(T value) { append_quoted(out_, word(value)); }
  template <typename T>
  void put(const std::optional<T>& value) {
    if (value) {
      put(*value);
    } else {
      out_ += "null";
    }
  }
  template <typename T>
  void put(const std::vector<T>& list) {
    put_list(list);
  }
  template <typename T>
  void put(const std::deque<T>& list) {
    put_list(list);
  }
  template <typename T>
  void put(const std::set<T>& list) {
    put_list(list);
  }
  template <typename T>
  void put(const std::map<std::string, T>& map) {
    out_ += '{';
    for (const auto& [key, value] : map) {
      open_key(key);
      put(value);
    }
    out_ += '}';
  }
  template <typename T>
  requires std::is_class_v<T>
  void put(const T& object) {
    out_ += '{';
    fields(*this, object);
    out_ += '}';
  }

  /// What was written so far.
  std::string take() && { return std::move(out_); }

 private:
  void open_key(std::string_view key);

  template <typename List>
  void put_list(const List& list) {
    out_ += '[';
    for (bool first = true; const auto& item : list) {
      if (!first) out_ += ',';
      first = false;
      put(item);
    }
    out_ += ']';
  }

  std::string out_;
};

/// `object` as one JSON object.
template <typename T>
std::string written(const T& object) {
  Writer writer;
  writer.put(object);
  return std::move(writer).take();
}

}  // namespace signalbox::json
