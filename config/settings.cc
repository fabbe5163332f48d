#include <filesystem>
#include <fstream>
#include <sstream>

#include "config/environment.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::string_view kFile = "_file";
constexpr std::size_t kMostSecret = 65536;

/// Certificates are no secret, and are wanted as a path.
constexpr std::string_view kCertificates = "ca_file";

bool names_a_file(const std::string& key) {
  return key.size() > kFile.size() && key.ends_with(kFile) && key != kCertificates;
}

/// The file's content without its trailing newlines; empty when it cannot be read or has none.
std::string secret_in(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return "";
  std::ifstream in(path, std::ios::binary);
  std::string content(kMostSecret, '\0');
  in.read(content.data(), static_cast<std::streamsize>(content.size()));
  content.resize(static_cast<std::size_t>(in.gcount()));
  const auto last = content.find_last_not_of("\r\n");
  content.resize(last == std::string::npos ? 0 : last + 1);
  return content;
}

/// Turns fields into settings, one after the other.
class Collector {
 public:
  Collector(const std::string* directory, Mistakes& mistakes)
      : directory_(directory), mistakes_(mistakes) {}

  void take(const std::string& key, const Field& field) {
    const Node& node = *field.value;
    key_ = field.place;
    switch (node.kind) {
      case Node::Kind::null:
        mistakes_.add(node.place, "`" + key + "` has no value; write one, or remove the key");
        return;
      case Node::Kind::scalar:
        return names_a_file(key) && directory_ != nullptr ? take_secret(key, node)
                                                          : take_scalar(key, node);
      case Node::Kind::list:
        return take_list(key, node);
      case Node::Kind::map:
        for (const auto& inner : node.fields) take(key + "." + inner.key, inner);
    }
  }
  Values values() && { return std::move(values_); }

 private:
  Value value_at(Place place) const {
    Value value;
    value.line = place.line;
    value.column = place.column;
    value.key = key_;
    return value;
  }
  void keep(const std::string& key, Value value) {
    const Place place{value.line, value.column};
    if (values_.emplace(key, std::move(value)).second) return;
    mistakes_.add(place, "`" + key + "` is given twice, as itself and by `" + key +
                             std::string(kFile) + "`; remove one of them");
  }
  void take_scalar(const std::string& key, const Node& node) {
    Value value = value_at(node.place);
    value.scalar = node.text;
    value.secret = node.from_environment;
    keep(key, std::move(value));
  }
  void take_secret(const std::string& key, const Node& node) {
    Value value = value_at(node.place);
    value.scalar = secret_in(resolved(*directory_, node.text));
    value.secret = true;
    if (value.scalar.empty()) {
      mistakes_.add_absent(node.place, "the file `" + shown(node) +
                                           "` cannot be read or is empty; `" + key +
                                           "` is a path relative to this file");
    }
    keep(key.substr(0, key.size() - kFile.size()), std::move(value));
  }
  void take_list(const std::string& key, const Node& node) {
    Value value = value_at(node.place);
    for (const auto& item : node.items) {
      if (item->kind != Node::Kind::scalar) {
        mistakes_.add(item->place, "`" + key + "` must hold single values only");
        continue;
      }
      value.list.push_back(item->text);
      value.secret = value.secret || item->from_environment;
    }
    keep(key, std::move(value));
  }

  const std::string* directory_;
  Mistakes& mistakes_;
  Place key_;  ///< of the key being taken
  Values values_;
};

}  // namespace

std::string resolved(const std::string& directory, const std::string& path) {
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

Values settings_of(const Fields& fields, const std::string* directory, Mistakes& mistakes) {
  Collector collector(directory, mistakes);
  for (const auto& field : fields.rest()) collector.take(field.key, field);
  return std::move(collector).values();
}

}  // namespace signalbox::config
