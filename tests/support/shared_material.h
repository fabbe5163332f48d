// Real payloads recorded elsewhere: beside the repository, or where SIGNALBOX_TEST_DATA says.
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace signalbox::testing {

/// The file's bytes; "" when it is not here, so that the test can say so and skip.
inline std::string shared_material(const std::string& name, const std::string& root = "") {
  const char* elsewhere = std::getenv("SIGNALBOX_TEST_DATA");
#ifdef SIGNALBOX_ROOT
  const std::string beside = root.empty() ? SIGNALBOX_ROOT "/../shared/data" : root;
#else
  const std::string beside = root;
#endif
  std::ifstream in((elsewhere != nullptr ? std::string(elsewhere) : beside) + "/" + name);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

/// Its lines, empty ones left out.
inline std::vector<std::string> shared_lines(const std::string& name) {
  std::istringstream in(shared_material(name));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

}  // namespace signalbox::testing
