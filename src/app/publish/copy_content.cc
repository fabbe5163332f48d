#include "app/publish/copy_content.h"

#include <thread>
#include <utility>

#include "base/hash.h"

namespace signalbox::app {
namespace {

constexpr Duration kNap{2};

publish::File as_file(web::CopiedFile file) {
  return {std::move(file.name), std::move(file.content_type), std::move(file.cache_control),
          std::move(file.body)};
}

web::CopiedFile as_copied(publish::File file) {
  return {std::move(file.name), std::move(file.content_type), std::move(file.cache_control),
          std::move(file.body)};
}

}  // namespace

std::optional<publish::Draft> CopyContent::draft(const std::string& name) {
  Duration waited{};
  while (copy_.pending(name) && waited < kPatience) {
    std::this_thread::sleep_for(kNap);
    waited += kNap;
  }
  auto file = copy_.find(name);
  if (!file) return std::nullopt;
  publish::Draft draft{as_file(*std::move(file)), 0};
  draft.source = hash64(draft.file.content_type + "\n" + draft.file.cache_control + "\n" +
                        to_text(copy_.patience()) + "\n" + draft.file.body);
  return draft;
}

publish::File CopyContent::dated(publish::Draft draft) const {
  return as_file(copy_.dated(as_copied(std::move(draft.file))));
}

std::vector<publish::File> CopyContent::as_of_files() const {
  std::vector<publish::File> files;
  for (web::CopiedFile& file : copy_.as_of_files()) files.push_back(as_file(std::move(file)));
  return files;
}

}  // namespace signalbox::app
