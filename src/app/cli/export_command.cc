#include "app/cli/export_command.h"

#include <filesystem>
#include <iostream>
#include <system_error>

#include "app/cli/check_config.h"
#include "app/cli/kept_board.h"
#include "app/prepare.h"
#include "app/publish/copy_content.h"
#include "app/server/archive.h"
#include "publish/copyist.h"
#include "publish/directory.h"
#include "store/open.h"

namespace signalbox::app {

namespace {

int fail(const std::string& what) {
  std::cerr << "signalbox: " << what << "\n";
  return 1;
}

/// Whether another site lies there, whose first page would be lost.
bool is_taken(const std::filesystem::path& directory) {
  std::error_code unknown;
  return std::filesystem::exists(directory / "index.html", unknown) &&
         !std::filesystem::exists(directory / publish::kManifestName, unknown);
}

Result<publish::Carried> write_copy(const web::SitePtr& site, const std::string& directory) {
  CopyContent content(web::SiteCopy(site, Duration{}));
  const auto mirror = publish::directory_mirror(directory);
  publish::Copyist copyist(*mirror);
  if (const Status known = copyist.open(); !known) return known.error();
  // From now on the folder is ours, wherever we are cut off.
  if (!std::filesystem::exists(std::filesystem::path(directory) / publish::kManifestName)) {
    if (const Status taken = mirror->remember({}); !taken) return taken.error();
  }
  if (const Status done = copyist.bring(content, content.names()); !done) return done.error();
  if (const Status done = copyist.clear(content); !done) return done.error();
  if (const Status done = copyist.finish(content, true); !done) return done.error();
  return copyist.carried();
}

}  // namespace

int export_command(const std::string& config, const std::string& directory) {
  if (is_taken(directory)) {
    return fail(directory + " has an index.html that is not ours: name an empty folder, or one " +
                "that an export wrote");
  }
  const Prepared prepared = prepare(config);
  tell(prepared.misfits, std::cerr);
  if (!prepared.config) return 2;
  const auto archive = store::open_archive(prepared.config->store);
  if (!archive) return fail(archive.error().what);
  const Time now = SystemClock().now();
  const auto board = kept_board(**archive, prepared.setup.plan, now);
  if (!board) return fail(board.error().what);
  board::Board newest;
  newest.publish(std::move(*board));
  PageArchive pages(prepared.config->store, &newest);
  const web::SitePtr site = web::render(newest.newest(), nullptr, &pages);
  const auto written = write_copy(site, directory);
  if (!written) return fail(written.error().what);
  std::cout << "wrote " << written->files << " files to " << directory << ", took "
            << written->removed << " away; as of " << iso_seconds(now) << "\n";
  return 0;
}

}  // namespace signalbox::app
