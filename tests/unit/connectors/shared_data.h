// Real payloads that lie beside the project: tests whose data is absent skip themselves.
#pragma once

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

namespace signalbox::testing {

/// Where the shared data is: SIGNALBOX_TEST_DATA, else beside the project.
inline std::string shared_path(const std::string& name) {
  const char* chosen = std::getenv("SIGNALBOX_TEST_DATA");
  return (chosen != nullptr ? std::string(chosen) : SIGNALBOX_ROOT "/../shared/data") + "/" + name;
}

/// A file's bytes; "" when it is not there.
inline std::string shared_text(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(shared_path(name)).rdbuf();
  return text.str();
}

/// A JSON file; nullopt when it is not there.
inline std::optional<nlohmann::json> shared_json(const std::string& name) {
  nlohmann::json parsed = nlohmann::json::parse(shared_text(name), nullptr, false);
  return parsed.is_discarded() ? std::nullopt : std::make_optional(std::move(parsed));
}

/// The lines of a file that are not empty; none when it is not there.
inline std::vector<std::string> shared_lines(const std::string& name) {
  std::istringstream text(shared_text(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace signalbox::testing
