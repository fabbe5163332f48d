#include "config/fields.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"
#include "config/address.h"
#include "config/environment.h"
#include "config/nearest.h"

namespace signalbox::config {
namespace {

template <typename T>
std::optional<T> number_from(const std::string& text) {
  T value{};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return value;
}

/// Bounds are whole: `5` and not `5.000000`.
std::string plain(double bound) { return std::to_string(static_cast<long long>(bound)); }

std::string quoted(std::string_view key) { return "`" + std::string(key) + "`"; }

bool is_id(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  if (text.empty() || text.size() > 100 || !letter(text.front())) return false;
  return std::all_of(text.begin(), text.end(),
                     [&](char c) { return letter(c) || c == '_' || c == '.' || c == '-'; });
}

}  // namespace

Fields::Fields(NodePtr node, std::string where, Mistakes& mistakes)
    : where_(std::move(where)), mistakes_(mistakes) {
  if (node && node->kind != Node::Kind::map) {
    mistakes_.add(node->place, where_ + " must be a map of `key: value`");
    auto empty = std::make_shared<Node>();
    empty->kind = Node::Kind::map;
    empty->place = node->place;
    node = std::move(empty);
  }
  node_ = std::move(node);
}

NodePtr Fields::find(std::string_view key) {
  asked_.emplace(key);
  if (!node_) return nullptr;
  for (const auto& field : node_->fields) {
    if (field.key == key) return field.value;
  }
  return nullptr;
}

void Fields::refuse(std::string_view key, std::string what) {
  mistakes_.add(place(key), quoted(key) + " " + std::move(what));
}

Place Fields::place(std::string_view key) const {
  if (!node_) return place();
  for (const auto& field : node_->fields) {
    if (field.key == key) return field.value->place;
  }
  return place();
}

const Node* Fields::scalar(std::string_view key) {
  const NodePtr node = find(key);
  if (!node) return nullptr;
  if (node->kind == Node::Kind::null || (node->kind == Node::Kind::scalar && node->text.empty())) {
    refuse(key, "has no value; write one, or remove the key");
    return nullptr;
  }
  if (node->kind != Node::Kind::scalar) {
    refuse(key, "must be a single value");
    return nullptr;
  }
  return node.get();  // owned by the tree, which outlives this call
}

std::optional<std::string> Fields::text(std::string_view key) {
  const Node* node = scalar(key);
  if (node == nullptr) return std::nullopt;
  return node->text;
}

std::string Fields::required(std::string_view key) {
  if (find(key)) return text(key).value_or("");
  mistakes_.add(place(), where_ + " needs " + quoted(key));
  return "";
}

std::string Fields::id() {
  std::string id = required("id");
  if (id.empty() || is_id(id)) return id;
  refuse("id", "must begin with a letter or digit and hold only letters, digits, `_`, `.` and `-`");
  return "";
}

std::optional<Duration> Fields::duration(std::string_view key, Duration least, Duration most) {
  const Node* node = scalar(key);
  if (node == nullptr) return std::nullopt;
  const auto length = parse_duration(node->text);
  if (length && *length >= least && *length <= most) return length;
  if (!length) {
    refuse(key, "must be a duration such as 10s, 5m or 2h");
  } else {
    refuse(key, *length < least ? "must be at least " + signalbox::to_text(least)
                                : "must be at most " + signalbox::to_text(most));
  }
  return std::nullopt;
}

std::optional<double> Fields::number(std::string_view key, double least, double most) {
  const Node* node = scalar(key);
  if (node == nullptr) return std::nullopt;
  const auto value = number_from<double>(node->text);
  if (value && std::isfinite(*value) && *value >= least && *value <= most) return value;
  refuse(key, "must be a number from " + plain(least) + " to " + plain(most));
  return std::nullopt;
}

std::optional<int> Fields::whole(std::string_view key, int least, int most) {
  const Node* node = scalar(key);
  if (node == nullptr) return std::nullopt;
  const auto value = number_from<int>(node->text);
  if (value && *value >= least && *value <= most) return value;
  refuse(key,
         "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

std::optional<bool> Fields::flag(std::string_view key) {
  return choice<bool>(key, {{"true", true}, {"false", false}});
}

std::string Fields::url(std::string_view key, const std::vector<std::string>& schemes, Url form) {
  auto value = text(key).value_or("");
  if (value.empty()) return "";
  if (!is_url(value, schemes)) {
    refuse(key, "must be an address that begins with " + join(schemes, ":// or ") +
                    ":// and names a host");
    return "";
  }
  if (form == Url::exact) return value;
  if (value.find_first_of("?#") != std::string::npos) {
    refuse(key, "must be without a query (`?…`) and a fragment (`#…`)");
    return "";
  }
  value.erase(value.find_last_not_of('/') + 1);
  return value;
}

std::optional<std::size_t> Fields::which(std::string_view key,
                                         const std::vector<std::string>& names) {
  const Node* node = scalar(key);
  if (node == nullptr) return std::nullopt;
  const auto at = std::find(names.begin(), names.end(), node->text);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  refuse(key, "must be " + join(names, " or ") + ", not `" + shown(*node) + "`");
  return std::nullopt;
}

std::optional<std::vector<std::string>> Fields::list(std::string_view key) {
  const NodePtr node = find(key);
  if (!node) return std::nullopt;
  if (node->kind == Node::Kind::scalar && node->text.empty()) {
    refuse(key, "has no value; write one, or remove the key");
    return std::nullopt;
  }
  if (node->kind == Node::Kind::scalar) return std::vector{node->text};
  if (node->kind != Node::Kind::list) {
    refuse(key, "must be a list such as [a, b]");
    return std::nullopt;
  }
  std::vector<std::string> texts;
  for (const auto& item : node->items) {
    if (item->kind == Node::Kind::scalar && !item->text.empty()) {
      texts.push_back(item->text);
    } else {
      mistakes_.add(item->place, quoted(key) + " must hold single values only");
    }
  }
  return texts;
}

std::vector<Field> Fields::rest() const {
  std::vector<Field> others;
  if (!node_) return others;
  for (const auto& field : node_->fields) {
    if (!asked_.contains(field.key)) others.push_back(field);
  }
  return others;
}

void Fields::refuse_rest() {
  const std::vector<std::string> known(asked_.begin(), asked_.end());
  for (const auto& field : rest()) {
    mistakes_.add(field.place,
                  "unknown key `" + shown(field.key) + "` in " + where_ + hint(field.key, known));
  }
}

std::vector<NodePtr> items(Fields& fields, std::string_view key) {
  const NodePtr node = fields.find(key);
  if (!node) return {};
  if (node->kind == Node::Kind::list) return node->items;
  fields.refuse(key, node->kind == Node::Kind::null
                         ? "is empty; write a list of entries, each with a `-`"
                         : "must be a list, each entry with a `-`");
  return {};
}

}  // namespace signalbox::config
