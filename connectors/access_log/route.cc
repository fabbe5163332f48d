#include "connectors/access_log/route.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace signalbox::connectors::access_log {
namespace {

/// Paths remembered, and the longest of them.
constexpr std::size_t kMostPaths = 4096;
constexpr std::size_t kLongestPath = 512;

bool plain(char c) {
  const bool alphanumeric =
      (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return alphanumeric || std::string_view("/-_~,:;=@%&!").find(c) != std::string_view::npos;
}

/// The text that a pattern without any operator stands for.
std::optional<std::string> literal(std::string_view pattern) {
  std::string text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool escaped = pattern[i] == '\\' && i + 1 < pattern.size() &&
                         std::string_view(".-/+").find(pattern[i + 1]) != std::string_view::npos;
    if (escaped) ++i;
    if (!escaped && !plain(pattern[i])) return {};
    text += pattern[i];
  }
  return text;
}

bool any_of(const std::vector<std::string>& names, std::string_view name) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

bool any_host(const std::vector<std::string>& hosts, std::string_view host) {
  return hosts.empty() || std::ranges::any_of(hosts, [&](const std::string& one) {
           return equal_ignoring_case(one, host);
         });
}

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Router::Entry Router::entry_of(Asked asked) {
  Entry entry;
  std::string_view pattern = asked.match;
  const bool begins = pattern.starts_with('^');
  if (begins) pattern.remove_prefix(1);
  const bool ends = pattern.ends_with('$') && !pattern.ends_with("\\$");
  if (ends) pattern.remove_suffix(1);
  const auto text = literal(pattern);
  const bool by_path_alone = asked.hosts.empty() && asked.tags.empty();
  if (asked.match.empty()) {
    entry.by_start_alone = by_path_alone;
  } else if (begins && text) {
    entry.means = ends ? Means::whole : Means::beginning;
    entry.literal = *text;
    entry.start = start_of(*text);
    entry.mask = start_of(std::string(text->size(), '\xff'));
    entry.by_start_alone = by_path_alone && !ends && text->size() <= sizeof entry.start;
  } else {
    entry.means = Means::pattern;
  }
  entry.asked = std::move(asked);
  return entry;
}

Router::Router(std::vector<Asked> all) {
  auto set = std::make_shared<RE2::Set>(RE2::Options(RE2::Quiet), RE2::UNANCHORED);
  for (Asked& asked : all) {
    Entry entry = entry_of(std::move(asked));
    if (entry.means == Means::pattern) {
      entry.pattern = patterns_++;
      set->Add(piece(entry.asked.match), nullptr);
    }
    entries_.push_back(std::move(entry));
  }
  if (patterns_ > 0 && set->Compile()) set_ = std::move(set);
}

Router::Matched Router::ask_set(std::string_view path) const {
  Matched matched(patterns_);
  std::vector<int> numbers;
  RE2::Set::ErrorInfo trouble{RE2::Set::kNoError};
  if (set_ && set_->Match(piece(path), &numbers, &trouble)) {
    for (const int number : numbers) matched[static_cast<std::size_t>(number)] = true;
  } else if (!set_ || trouble.kind != RE2::Set::kNoError) {
    // The set ran out of its memory: one after the other, slowly.
    for (const Entry& entry : entries_) {
      if (entry.means == Means::pattern)
        matched[entry.pattern] = RE2::PartialMatch(piece(path), entry.asked.match);
    }
  }
  return matched;
}

const Router::Matched& Router::matched(std::string_view path) {
  const auto known = remembered_.find(path);
  if (known != remembered_.end()) return known->second;
  if (remembered_.size() >= kMostPaths) remembered_.clear();
  const std::string key(path.size() <= kLongestPath ? path : std::string_view("\n"));
  return remembered_[key] = ask_set(path);
}

bool Router::speaks_of(const Entry& entry, const Line& line, const Matched* matched) const {
  switch (entry.means) {
    case Means::every:
      break;
    case Means::beginning:
      if (!line.path.starts_with(entry.literal)) return false;
      break;
    case Means::whole:
      if (line.path != entry.literal) return false;
      break;
    case Means::pattern:
      if (!(*matched)[entry.pattern]) return false;
      break;
  }
  return any_host(entry.asked.hosts, line.host) && any_of(entry.asked.tags, line.tag);
}

}  // namespace signalbox::connectors::access_log
