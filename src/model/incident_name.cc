#include "model/incident_name.h"

#include "base/text.h"

namespace signalbox {
namespace {

constexpr std::size_t kLongest = 100;
constexpr std::size_t kLongestNames = 60;

bool ends_sentence(std::string_view text, std::size_t i) {
  if (text[i] != '.' && text[i] != '!' && text[i] != '?') return false;
  return i + 1 == text.size() || text[i + 1] == ' ' || text[i + 1] == '\n';
}

/// As many as fit, at least one; the others are counted.
std::string some_of(const std::vector<std::string>& services) {
  std::string names;
  std::size_t named = 0;
  for (const std::string& service : services) {
    std::string next = (names.empty() ? "" : names + ", ") + service;
    if (named > 0 && code_points(next) > kLongestNames) break;
    names = std::move(next);
    ++named;
  }
  if (named == services.size()) return names;
  return names + " and " + std::to_string(services.size() - named) + " more";
}

}  // namespace

std::string_view first_sentence(std::string_view text) {
  text = trim(text);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') return trim(text.substr(0, i));
    if (ends_sentence(text, i)) return text.substr(0, i + 1);
  }
  return text;
}

std::string incident_name(const std::vector<std::string>& services, std::string_view message) {
  const std::string_view sentence = first_sentence(message);
  const std::string names = some_of(services);
  return shorten(sentence.empty() ? names : names + ": " + std::string(sentence), kLongest);
}

}  // namespace signalbox
