#include "app/cli/export_command.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/cli/check_config.h"
#include "app/cli/kept_board.h"
#include "app/prepare.h"
#include "store/open.h"
#include "web/publisher.h"

namespace signalbox::app {

namespace {

namespace fs = std::filesystem;

int fail(const std::string& what) {
  std::cerr << "signalbox: " << what << "\n";
  return 1;
}

fs::path file_of(const fs::path& directory, const std::string& path) {
  const fs::path relative = fs::path(path).relative_path();
  return relative.has_extension() ? directory / relative : directory / relative / "index.html";
}

Status write_whole(const fs::path& file, const std::string& body) {
  std::error_code failed;
  fs::create_directories(file.parent_path(), failed);
  const fs::path beside = file.string() + ".new";
  std::ofstream out(beside, std::ios::binary);
  out << body;
  out.close();
  if (!out) return unavailable(beside.string() + ": cannot be written");
  fs::rename(beside, file, failed);
  return failed ? Status(unavailable(file.string() + ": " + failed.message())) : Status();
}

}  // namespace

int export_command(const std::string& config, const std::string& directory) {
  const Prepared prepared = prepare(config);
  tell(prepared.misfits, std::cerr);
  if (!prepared.config) return 2;
  const auto archive = store::open_archive(prepared.config->store);
  if (!archive) return fail(archive.error().what);
  const Time now = SystemClock().now();
  const auto board = kept_board(**archive, prepared.setup.plan, now);
  if (!board) return fail(board.error().what);
  const auto snapshot = std::make_shared<const Snapshot>(std::move(*board));
  const web::SitePtr site = web::render(snapshot, nullptr, nullptr);
  std::size_t written = 0;
  for (const std::string& path : site->paths()) {
    const web::DocumentPtr document = site->find(path);
    if (!document) continue;
    if (const Status done = write_whole(file_of(directory, path), document->body()); !done)
      return fail(done.error().what);
    ++written;
  }
  std::cout << "wrote " << written << " documents to " << directory << ", as of "
            << iso_seconds(now) << "\n";
  return 0;
}

}  // namespace signalbox::app
