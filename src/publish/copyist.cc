#include "publish/copyist.h"

#include <set>
#include <utility>

#include "base/hash.h"

namespace signalbox::publish {
namespace {

std::uint64_t source_of(const File& file) {
  return hash64(file.content_type + "\n" + file.cache_control + "\n" + file.body);
}

}  // namespace

Status Copyist::open() {
  if (known_) return {};
  auto manifest = mirror_.recall();
  if (!manifest) return manifest.error();
  manifest_ = *std::move(manifest);
  known_ = true;
  unlisted_.clear();
  return {};
}

void Copyist::add(Lot& lot, const Content& content, Draft draft) const {
  const auto there = manifest_.files.find(draft.file.name);
  const bool same = there != manifest_.files.end() && there->second.source == draft.source;
  if (same) return;
  const std::uint64_t source = draft.source;
  File file = content.dated(std::move(draft));
  lot.bytes += file.body.size();
  lot.entries.push_back({source, hash64(file.body), {}});
  lot.files.push_back(std::move(file));
}

Status Copyist::hand_over(Lot lot) {
  if (lot.files.empty()) return {};
  std::vector<std::string> names;
  for (const File& file : lot.files) names.push_back(file.name);
  for (const std::string& name : names) manifest_.files[name] = {};  // until it is known
  const auto tags = mirror_.put(std::move(lot.files));
  if (!tags) {
    lots_ = kMostLots;
    return tags.error();
  }
  for (std::size_t at = 0; at < names.size(); ++at) {
    lot.entries[at].tag = (*tags)[at];
    manifest_.files[names[at]] = std::move(lot.entries[at]);
  }
  carried_.files += names.size();
  carried_.bytes += lot.bytes;
  if (++lots_ < kMostLots) return {};
  lots_ = 0;
  return mirror_.remember(manifest_);
}

Status Copyist::hand_over_full(Lot& lot) {
  if (lot.files.size() < kMostFiles && lot.bytes < kMostBytes) return {};
  return hand_over(std::exchange(lot, {}));
}

Status Copyist::bring(Content& content, std::span<const std::string> names) {
  Lot lot;
  for (const std::string& name : names) {
    auto draft = content.draft(name);
    if (!draft) continue;
    add(lot, content, *std::move(draft));
    if (const Status done = hand_over_full(lot); !done) return done;
  }
  return hand_over(std::move(lot));
}

/// What is there, but is not among its names.
std::vector<std::string> Copyist::unnamed(const Content& content) const {
  std::set<std::string> named(content.names().begin(), content.names().end());
  for (const File& file : content.as_of_files()) named.insert(file.name);
  std::vector<std::string> others;
  for (const auto& [name, entry] : manifest_.files) {
    if (!named.contains(name)) others.push_back(name);
  }
  return others;
}

Status Copyist::clear(Content& content) {
  std::vector<std::string> gone;
  std::vector<std::string> kept;
  Lot lot;
  for (std::string& name : unnamed(content)) {
    if (unlisted_.contains(name)) continue;
    auto draft = content.draft(name);
    (draft ? kept : gone).push_back(std::move(name));
    if (draft) add(lot, content, *std::move(draft));
    if (const Status done = hand_over_full(lot); !done) return done;
  }
  if (const Status done = hand_over(std::move(lot)); !done) return done;
  unlisted_.insert(kept.begin(), kept.end());
  if (gone.empty()) return {};
  if (const Status done = mirror_.remove(gone); !done) return done;
  for (const std::string& name : gone) manifest_.files.erase(name);
  carried_.removed += gone.size();
  look_again();  // they may lead to what is gone
  return {};
}

Status Copyist::finish(const Content& content, bool whole) {
  Lot lot;
  for (File& file : content.as_of_files()) {
    const std::uint64_t source = source_of(file);
    const auto there = manifest_.files.find(file.name);
    if (there != manifest_.files.end() && there->second.source == source) continue;
    lot.bytes += file.body.size();
    lot.entries.push_back({source, hash64(file.body), {}});
    lot.files.push_back(std::move(file));
  }
  if (const Status done = hand_over(std::move(lot)); !done) return done;
  if (const Status seen = mirror_.seal(); !seen) return seen;
  manifest_.whole = manifest_.whole || whole;
  lots_ = 0;
  return mirror_.remember(manifest_);
}

}  // namespace signalbox::publish
