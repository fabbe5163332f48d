#include "connectors/access_log/rules.h"

#include <utility>

namespace signalbox::connectors::access_log {
namespace {

std::string read_path(const SourceSetup& setup) {
  const std::string key = setup.settings.find("file") != nullptr ? "file" : "path";
  const std::string path = setup.settings.text(key);
  if (setup.settings.find(key) != nullptr) setup.settings.require(key);
  if (path.empty() || path.starts_with('/') || setup.directory.empty()) return path;
  return setup.directory + "/" + path;
}

std::string read_listen(const SourceSetup& setup) {
  std::string address = setup.settings.text("listen");
  const bool loopback = address.starts_with("127.") || address.starts_with("localhost:") ||
                        address.starts_with("[::1]:");
  const auto colon = address.rfind(':');
  const bool port = colon != std::string::npos && whole_number(address.substr(colon + 1)) &&
                    *whole_number(address.substr(colon + 1)) <= 65535;
  if (setup.settings.find("listen") != nullptr && (!loopback || !port)) {
    setup.settings.refuse("listen",
                          "must be an address of this machine such as 127.0.0.1:5514: syslog "
                          "over TCP proves nobody's name");
  }
  return address;
}

/// One name, or a list of them.
std::vector<std::string> names(const Settings& settings, std::string_view key) {
  const Setting* setting = settings.find(key);
  if (setting == nullptr) return {};
  if (!setting->list.empty()) return setting->list;
  settings.require(key);
  return {setting->value};
}

Asked read_asked(const Settings& settings) {
  Asked asked{names(settings, "host"), names(settings, "tag"), settings.text("match")};
  const RE2 compiled(asked.match, RE2::Quiet);
  if (!compiled.ok()) {
    settings.refuse("match", "is no pattern (RE2): " + compiled.error());
    asked.match.clear();
  }
  return asked;
}

}  // namespace

Rules read_rules(const SourceSetup& setup, bool needs_log) {
  Rules rules;
  rules.path = read_path(setup);
  rules.listen = read_listen(setup);
  if (needs_log && rules.path.empty() && rules.listen.empty()) setup.settings.require("path");
  if (!rules.path.empty() && !rules.listen.empty()) {
    setup.settings.refuse("listen", "stands beside `path`: make two sources of them");
  }
  rules.format = read_format(setup.settings);
  const Duration slow_after =
      setup.settings.duration("slow_after", Duration(std::chrono::seconds(10)));
  std::vector<Asked> all;
  for (const Question& question : setup.questions) {
    rules.services.push_back(
        {question.service, question.settings.duration("slow_after", slow_after)});
    all.push_back(read_asked(question.settings));
  }
  rules.router = Router(std::move(all));
  return rules;
}

}  // namespace signalbox::connectors::access_log
