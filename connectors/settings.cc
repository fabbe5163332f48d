#include <charconv>
#include <utility>

#include "connectors/connector.h"

namespace signalbox::connectors {

const Setting* Settings::find(std::string_view key) const {
  asked_[std::string(key)] = true;
  const auto found = values_.find(std::string(key));
  return found == values_.end() ? nullptr : &found->second;
}

std::string Settings::text(std::string_view key, std::string_view otherwise) const {
  const Setting* setting = find(key);
  if (setting == nullptr) return std::string(otherwise);
  if (!setting->list.empty()) {
    refuse(key, "must be a single value, not a list");
    return std::string(otherwise);
  }
  return setting->value;
}

Secret Settings::secret(std::string_view key) const { return Secret(text(key)); }

Duration Settings::duration(std::string_view key, Duration otherwise) const {
  if (find(key) == nullptr) return otherwise;
  const std::optional<Duration> length = parse_duration(text(key));
  if (!length) refuse(key, "is not a duration: write it as 10s, 5m or 2h");
  return length.value_or(otherwise);
}

bool Settings::flag(std::string_view key, bool otherwise) const {
  if (find(key) == nullptr) return otherwise;
  const std::string value = text(key);
  if (value == "true") return true;
  if (value != "false") refuse(key, "is neither true nor false");
  return value == "false" ? false : otherwise;
}

int Settings::whole(std::string_view key, int otherwise, int least, int most) const {
  if (find(key) == nullptr) return otherwise;
  const std::string value = text(key);
  int number = 0;
  const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
  const bool fits = wrong == std::errc() && end == value.data() + value.size() && number >= least &&
                    number <= most;
  if (!fits) {
    refuse(key,
           "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return fits ? number : otherwise;
}

std::vector<std::string> Settings::below(std::string_view prefix) const {
  std::vector<std::string> keys;
  for (const auto& [key, setting] : values_) {
    if (!key.starts_with(prefix)) continue;
    asked_[key] = true;
    keys.push_back(key);
  }
  return keys;
}

void Settings::refuse(std::string_view key, std::string what) const {
  for (const Misfit& known : mistakes_) {
    if (known.key == key && known.what == what) return;
  }
  const Setting* setting = find(key);
  mistakes_.push_back({std::string(key), setting ? setting->line : 0, setting ? setting->column : 0,
                       std::move(what), ""});
}

void Settings::refuse(RecipeFlaw flaw) const {
  mistakes_.push_back({"", flaw.line, flaw.column, std::move(flaw.what), std::move(flaw.file)});
}

void Settings::require(std::string_view key) const {
  const Setting* setting = find(key);
  if (setting == nullptr) return refuse(key, "is missing");
  if (setting->value.empty() && setting->list.empty()) refuse(key, "must not be empty");
}

std::vector<std::string> Settings::unknown() const {
  std::vector<std::string> keys;
  for (const auto& [key, setting] : values_) {
    if (!asked_.contains(key)) keys.push_back(key);
  }
  return keys;
}

std::vector<std::string> Settings::known() const {
  std::vector<std::string> keys;
  for (const auto& [key, asked] : asked_) keys.push_back(key);
  return keys;
}

}  // namespace signalbox::connectors
