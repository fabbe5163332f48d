#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "config/address.h"
#include "config/environment.h"
#include "config/nearest.h"
#include "config/sections.h"
#include "model/language_codes.h"

namespace signalbox::config {
namespace {

/// `unix:PATH`, the path resolved.
std::string socket_address(Fields& listen, std::string_view key, const std::string& text,
                           const std::string& directory) {
  const std::string path = text.substr(kUnixAddress.size());
  const std::string whole = path.empty() ? "" : resolved(directory, path);
  if (path.empty() || path.ends_with('/') || whole.size() > kLongestSocketPath) {
    listen.refuse(key, "must name a file behind `unix:`, its whole path at most " +
                           std::to_string(kLongestSocketPath) +
                           " bytes long, such as unix:/run/signalbox/public.sock");
  }
  return std::string(kUnixAddress) + whole;
}

std::string listen_address(Fields& listen, std::string_view key, const std::string& otherwise,
                           const std::string& directory) {
  const auto text = listen.text(key);
  if (!text) return otherwise;
  if (text->starts_with(kUnixAddress)) return socket_address(listen, key, *text, directory);
  const auto address = listen_from(*text);
  if (address) return to_text(*address);
  listen.refuse(
      key,
      "must be an IP address and a port from 0 to 65535, such as 127.0.0.1:8080 or [::1]:8080, "
      "or a Unix socket, such as unix:/run/signalbox/public.sock");
  return otherwise;
}

/// Made for them, a misspelt path would be an empty page that knows nothing of the open incident.
void need_folder(const std::string& folder, Fields& file, const Config& config,
                 Mistakes& mistakes) {
  std::error_code ignored;
  if (folder == config.directory || std::filesystem::is_directory(folder, ignored)) return;
  mistakes.add_absent(file.place("store"), "`store` is a file in a folder that does not exist, `" +
                                               shown(*file.find("store")) +
                                               "`; make the folder, or correct the path");
}

}  // namespace

/// `language`, and which others are offered.
void read_languages(Fields& page, PageFacts& facts) {
  const std::string known = join({kLanguageCodes.begin(), kLanguageCodes.end()}, ", ");
  const std::string remedy = "is no language pages are made in; those are " + known;
  if (const auto own = page.text("language")) {
    facts.language = *own;
    if (!is_language(*own)) page.refuse("language", remedy);
  }
  facts.languages = page.list("languages").value_or(std::vector<std::string>());
  if (std::ranges::all_of(facts.languages, is_language)) return;
  page.refuse("languages", "names what " + remedy);
}

void read_page(Fields& file, Config& config, Mistakes& mistakes) {
  Fields page(file.find("page"), "page", mistakes);
  config.page.name = page.text("name").value_or(config.page.name);
  config.page.url = page.url("url", {"http", "https"});
  if (const auto name = page.text("time_zone")) {
    auto zone = Zone::find(*name);
    if (zone) {
      config.page.zone = *std::move(zone);
    } else {
      page.refuse("time_zone",
                  "is no zone of the IANA database; write one such as Europe/Paris or UTC");
    }
  }
  read_look(page, config, mistakes);
  read_languages(page, config.page);
  page.find("services");  // read_pages() reads them, when there are any
  page.refuse_rest();
}

void read_listen(Fields& file, Config& config, Mistakes& mistakes) {
  Fields listen(file.find("listen"), "listen", mistakes);
  auto& to = config.listen;
  to.place = listen.place();
  to.public_address = listen_address(listen, "public", to.public_address, config.directory);
  to.control_address = listen_address(listen, "control", to.control_address, config.directory);
  to.behind_proxy = listen.flag("behind_proxy").value_or(false);
  to.proxy_protocol = listen.flag("proxy_protocol").value_or(false);
  if (const auto group = listen.text("socket_group")) {
    to.socket_group = *group;
    if (!to.public_address.starts_with(kUnixAddress)) {
      listen.refuse("socket_group",
                    "is of a Unix socket; say `public: \"unix:PATH\"`, or leave it out");
    }
  }
  const auto control = listen_from(to.control_address);
  if (control && !is_loopback(*control) && !to.behind_proxy) {
    listen.refuse("control",
                  "is not on loopback; listen on 127.0.0.1, or say `behind_proxy: true` "
                  "when a proxy with TLS stands before it");
  }
  const auto open = listen_from(to.public_address);
  const bool any_port = open && open->port == 0;
  if (!any_port && to.public_address == to.control_address) {
    listen.refuse("control", "is the same address as `public`; give it another one");
  }
  listen.refuse_rest();
}

void read_store(Fields& file, Config& config, Mistakes& mistakes) {
  constexpr std::string_view kSqlite = "sqlite:";
  const std::string url = file.text("store").value_or(config.store);
  std::string folder = config.directory;
  if (url.starts_with(kSqlite) && url.size() > kSqlite.size()) {
    const std::string path = resolved(config.directory, url.substr(kSqlite.size()));
    config.store = std::string(kSqlite) + path;
    folder = std::filesystem::path(path).parent_path().string();
    need_folder(folder, file, config, mistakes);
  } else if (url == "memory:") {
    config.store = url;
  } else if (url.starts_with("postgresql://") || url.starts_with("postgres://")) {
    file.refuse("store", "names PostgreSQL, which is not available in this build; use sqlite:PATH");
  } else {
    file.refuse("store", "must be sqlite:PATH (or memory: for a trial that keeps nothing)");
  }
  const auto state = file.text("state_dir");
  config.state_dir = state ? resolved(config.directory, *state) : folder;
}

}  // namespace signalbox::config
