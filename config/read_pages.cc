// `pages:` beside the main one, and which services each shows.
#include <algorithm>

#include "base/text.h"
#include "config/environment.h"
#include "config/nearest.h"
#include "config/sections.h"

namespace signalbox::config {
namespace {

constexpr std::size_t kMostPages = 50;
constexpr std::size_t kMostSlug = 40;
constexpr std::size_t kMostHost = 253;
constexpr std::size_t kLeastToken = 22;  // 128 random bits as base64
constexpr std::size_t kMostToken = 256;
constexpr std::size_t kMostHash = 127;

bool lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_slug(std::string_view text) {
  return !text.empty() && text.size() <= kMostSlug && lower_or_digit(text.front()) &&
         std::ranges::all_of(text, [](char c) { return lower_or_digit(c) || c == '-'; });
}

bool is_host(std::string_view text) {
  return text.size() <= kMostHost && lower_or_digit(text.front()) && lower_or_digit(text.back()) &&
         std::ranges::all_of(text,
                             [](char c) { return lower_or_digit(c) || c == '-' || c == '.'; });
}

bool is_token(std::string_view text) {
  return text.size() >= kLeastToken && text.size() <= kMostToken &&
         std::ranges::all_of(text, [](char c) {
           return lower_or_digit(to_lower({&c, 1})[0]) || c == '_' || c == '-';
         });
}

/// The services that `word` means: one by its id, or a group's by its name or target.
std::vector<std::string> meant_by(const std::string& word, const Config& config) {
  std::vector<std::string> ids;
  for (const ServiceEntry& entry : config.services) {
    const Service& service = entry.service;
    if (service.id == word) return {word};
    const bool grouped =
        !service.group.empty() && (service.group == word || group_slug(service.group) == word);
    if (grouped) ids.push_back(service.id);
  }
  return ids;
}

std::vector<std::string> all_words(const Config& config) {
  std::vector<std::string> words;
  for (const ServiceEntry& entry : config.services) {
    words.push_back(entry.service.id);
    if (!entry.service.group.empty()) words.push_back(group_slug(entry.service.group));
  }
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

/// `services`, in the order of the configuration's.
std::vector<std::string> chosen(Fields& fields, const Config& config) {
  std::vector<std::string> named;
  for (const std::string& word : fields.list("services").value_or(std::vector<std::string>{})) {
    const auto ids = meant_by(word, config);
    if (ids.empty()) {
      fields.refuse("services", "names `" + shown(word) +
                                    "`, which is no service's id and no group" +
                                    hint(word, all_words(config)));
    }
    named.insert(named.end(), ids.begin(), ids.end());
  }
  std::vector<std::string> ordered;
  for (const ServiceEntry& entry : config.services) {
    const std::string& id = entry.service.id;
    if (std::ranges::find(named, id) != named.end()) ordered.push_back(id);
  }
  return ordered;
}

/// Whether that has been told of: a variable that is not there stays as written, and a file gives
/// nothing. A key that itself has nothing is no such thing.
bool is_missing(const Node& lock, const std::string& key, const std::string& value) {
  return value.starts_with("${") ||
         (value.empty() && std::ranges::find(lock.fields, key, &Field::key) == lock.fields.end());
}

void judge_token(const std::string& token, Place place, Mistakes& mistakes) {
  if (is_token(token)) return;
  mistakes.add(place,
               "the token must be 22 to 256 of letters, digits, `_` and `-`; make one by openssl "
               "rand -hex 24");
}

void judge_hash(const std::string& hash, Place place, Mistakes& mistakes) {
  if (hash.starts_with("$argon2id$") && hash.size() <= kMostHash) return;
  mistakes.add(place, "the password's hash must be argon2id's; make it by signalbox hash-password");
}

bool names_none(Fields& fields) {
  return fields.list("services").value_or(std::vector<std::string>{}).empty();
}

void read_lock(Fields& fields, PageEntry& page, const Config& config, Mistakes& mistakes) {
  const NodePtr node = fields.find("private");
  if (!node) return;
  page.is_private = true;
  Fields lock(node, "`private`", mistakes);
  page.lock_place = lock.place();
  int given = 0;
  for (const auto& [key, value] : settings_of(lock, &config.directory, mistakes)) {
    page.lock_place = value.key;
    ++given;
    const bool judged = !is_missing(*node, key, value.scalar);
    if (key == "token") {
      page.token = Secret(value.scalar);
      if (judged) judge_token(value.scalar, value.key, mistakes);
    } else if (key == "password_hash") {
      page.password_hash = Secret(value.scalar);
      if (judged) judge_hash(value.scalar, value.key, mistakes);
    } else {
      mistakes.add(value.key, "unknown key `" + shown(key) +
                                  "`; `private` has token_file, or password_hash_file (made by "
                                  "signalbox hash-password)");
    }
  }
  if (given != 1) {
    mistakes.add(lock.place(),
                 "`private` needs what opens the page: either token_file or password_hash_file");
  }
}

std::string scheme_of(const std::string& url) {
  return url.starts_with("https://") ? "https://" : "http://";
}

/// Where readers find it when the file does not say.
std::string usual_url(const PageEntry& page, const Config& config) {
  if (!page.host.empty()) return scheme_of(config.page.url) + page.host;
  return config.page.url.empty() ? "" : config.page.url + "/pages/" + page.slug;
}

std::string host_in(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return "";
  url.remove_prefix(start + 3);
  return to_lower(url.substr(0, url.find_first_of("/:")));
}

void judge_places(Fields& fields, const PageEntry& page, const Config& config) {
  if (!page.host.empty() && page.host == host_in(config.page.url)) {
    fields.refuse("host", "is the main page's own, in `page.url`; give this page another");
  }
  for (const PageEntry& other : config.pages) {
    const std::string taken = " is taken by the page in line " + std::to_string(other.place.line) +
                              "; give this one another";
    if (!page.slug.empty() && other.slug == page.slug) fields.refuse("slug", taken.substr(1));
    if (!page.host.empty() && other.host == page.host) fields.refuse("host", taken.substr(1));
  }
}

PageEntry read_one_page(NodePtr node, const Config& config, Mistakes& mistakes) {
  Fields fields(std::move(node), "a page", mistakes);
  PageEntry page;
  page.place = fields.place("slug");
  page.slug = fields.required("slug");
  if (!page.slug.empty() && !is_slug(page.slug)) {
    fields.refuse(
        "slug", "must be at most 40 of lower-case letters, digits and `-`, and not begin with `-`");
  }
  page.name = fields.text("name").value_or(config.page.name);
  page.host = to_lower(fields.text("host").value_or(""));
  if (!page.host.empty() && !is_host(page.host)) {
    fields.refuse("host", "must be a host name without a port, such as status.acme.example");
  }
  page.url = fields.url("url", {"http", "https"});
  if (page.url.empty()) page.url = usual_url(page, config);
  if (page.url.empty() && !page.slug.empty()) {
    fields.refuse("url",
                  "is needed, since `page.url` is not given: feeds and calendars have whole "
                  "addresses; write either, or a `host`");
  }
  page.services = chosen(fields, config);
  if (names_none(fields)) {
    fields.refuse("services", "must name at least one service or group of `services`");
  }
  read_lock(fields, page, config, mistakes);
  judge_places(fields, page, config);
  fields.refuse_rest();
  return page;
}

}  // namespace

void read_pages(Fields& file, Config& config, Mistakes& mistakes) {
  const NodePtr node = file.find("page");
  if (node && node->kind == Node::Kind::map) {
    Fields page(node, "page", mistakes);
    if (page.find("services")) config.main_services = chosen(page, config);
    if (config.main_services && names_none(page))
      page.refuse("services", "must name at least one service or group; or leave it out");
  }
  for (const auto& one : items(file, "pages")) {
    config.pages.push_back(read_one_page(one, config, mistakes));
    if (config.pages.size() > kMostPages) {
      mistakes.add(config.pages.back().place, "at most 50 pages are served beside the main one");
      return;
    }
  }
}

}  // namespace signalbox::config
