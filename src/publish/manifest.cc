#include "publish/manifest.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

namespace signalbox::publish {
namespace {

using nlohmann::json;

constexpr int kVersion = 1;

std::string hex(std::uint64_t value) {
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(value));
  return text.data();
}

std::optional<std::uint64_t> from_hex(const std::string& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Entry> entry_from(const json& row) {
  if (!row.is_array() || row.size() != 3) return std::nullopt;
  for (const json& part : row) {
    if (!part.is_string()) return std::nullopt;
  }
  const auto source = from_hex(row[0].get<std::string>());
  const auto hash = from_hex(row[1].get<std::string>());
  if (!source || !hash) return std::nullopt;
  return Entry{*source, *hash, row[2].get<std::string>()};
}

}  // namespace

std::string encoded(const Manifest& manifest) {
  json files = json::object();
  for (const auto& [name, entry] : manifest.files) {
    files[name] = {hex(entry.source), hex(entry.hash), entry.tag};
  }
  const json whole = {{"version", kVersion}, {"whole", manifest.whole}, {"files", files}};
  return whole.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<Manifest> decoded(std::string_view text) {
  const json object = json::parse(text, nullptr, false);
  const Error senseless = corrupt("the manifest makes no sense");
  if (!object.is_object() || object.value("version", json()) != kVersion) return senseless;
  const auto whole = object.find("whole");
  const auto files = object.find("files");
  if (whole == object.end() || !whole->is_boolean()) return senseless;
  if (files == object.end() || !files->is_object()) return senseless;
  Manifest manifest;
  manifest.whole = whole->get<bool>();
  for (const auto& [name, row] : files->items()) {
    auto entry = entry_from(row);
    if (!entry) return senseless;
    manifest.files.emplace(name, *std::move(entry));
  }
  return manifest;
}

}  // namespace signalbox::publish
