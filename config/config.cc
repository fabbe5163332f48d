#include "config/config.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/text.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::size_t kMostBytes = 4U << 20U;

Config read_all(const NodePtr& root, const std::string& file_name, Mistakes& mistakes) {
  Config config;
  config.file = file_name;
  std::error_code ignored;
  const auto path = std::filesystem::absolute(file_name, ignored);
  config.directory = path.lexically_normal().parent_path().string();
  Fields file(root, "the file", mistakes);
  read_page(file, config, mistakes);
  read_rota(file, config, mistakes);
  read_listen(file, config, mistakes);
  read_store(file, config, mistakes);
  read_habits(file, config, mistakes);
  read_sources(file, config, mistakes);
  read_services(file, config, mistakes);
  read_pages(file, config, mistakes);
  read_metrics(file, config, mistakes);
  read_accounts(file, config, mistakes);
  read_mirrors(file, config, mistakes);
  file.refuse_rest();
  return config;
}

Loaded refused(const std::string& path, std::string what) {
  return {std::nullopt, {{path, 1, 1, std::move(what)}}, std::nullopt};
}

}  // namespace

std::string to_text(const Misfit& misfit) {
  return one_line(misfit.file) + ":" + std::to_string(misfit.line) + ":" +
         std::to_string(misfit.column) + ": " + one_line(misfit.what);
}

std::vector<Service> Config::service_list() const {
  std::vector<Service> list;
  list.reserve(services.size());
  for (const auto& entry : services) list.push_back(entry.service);
  return list;
}

const Config* Loaded::without_secrets() const {
  if (config) return &*config;
  const bool enough = draft && std::all_of(misfits.begin(), misfits.end(),
                                           [](const Misfit& misfit) { return misfit.absent; });
  return enough ? &*draft : nullptr;
}

Loaded load_text(const std::string& text, const std::string& file_name) {
  Mistakes mistakes(file_name);
  const NodePtr root = read_tree(text, mistakes);
  Loaded loaded;
  if (root) {
    Config config = read_all(root, file_name, mistakes);
    (mistakes.none() ? loaded.config : loaded.draft) = std::move(config);
  }
  loaded.misfits = mistakes.sorted();
  return loaded;
}

Loaded load(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    return refused(path, "this is a folder; name the configuration file in it");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) return refused(path, "cannot be opened; name a file that exists and may be read");
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > kMostBytes)
    return refused(path, "is longer than 4 MiB; is this the right file?");
  return load_text(text, path);
}

}  // namespace signalbox::config
