#include "app/cli/export_command.h"

#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/cli/check_config.h"
#include "app/core/figures.h"
#include "app/core/records.h"
#include "app/prepare.h"
#include "board/board.h"
#include "ledger/ledger.h"
#include "store/open.h"
#include "web/publisher.h"

namespace signalbox::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRowsAtOnce = 2000;

int fail(const std::string& what) {
  std::cerr << "signalbox: " << what << "\n";
  return 1;
}

Result<Book> fold(store::Archive& archive) {
  Book book;
  for (;;) {
    const auto rows = archive.rows(book.seq, kRowsAtOnce);
    if (!rows) return rows.error();
    for (const store::Row& row : *rows) {
      const auto event = event_of(row);
      if (!event || !ledger::apply(book, *event)) book.seq = row.seq;
    }
    if (rows->size() < kRowsAtOnce) return book;
  }
}

/// What was measured, where anything is kept of it.
Status add_figures(store::Archive& archive, const Book& book, Time now, board::Ingredients& with) {
  auto figures =
      Figures::read([&](store::Grain grain, Time from) { return archive.sums(grain, from); }, now);
  if (!figures) return figures.error();
  for (const Service& service : book.services) figures->describe(service, book, now, with);
  return {};
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
  const auto book = fold(**archive);
  if (!book) return fail(book.error().what);
  board::Ingredients with;
  with.page = prepared.setup.plan.page;
  with.sources = prepared.setup.plan.sources;
  const Time now = SystemClock().now();
  if (const Status read = add_figures(**archive, *book, now, with); !read)
    return fail(read.error().what);
  const auto snapshot = std::make_shared<const Snapshot>(board::view(*book, with, now));
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
